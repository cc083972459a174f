"""All modules below a package, so that registries are full before a test walks them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType


def import_all(package: ModuleType) -> list[str]:
    """Import every module below a package, sub-packages included; their full names."""
    names = [found.name for found in walk_packages(package.__path__, f"{package.__name__}.")]
    for name in names:
        import_module(name)
    return names

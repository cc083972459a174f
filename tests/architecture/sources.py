"""The package's modules, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "energo_cabinet"


@dataclass(frozen=True)
class Module:
    """A source file: `layer` is its folder, or its own name at the top."""

    path: Path
    layer: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Path for messages."""
        return str(self.path.relative_to(ROOT))

    @property
    def dotted(self) -> str:
        """Its name for an import."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def imports(self) -> Iterator[str]:
        """Full names of what is imported, `TYPE_CHECKING` or not."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module == "energo_cabinet":
                yield from (f"energo_cabinet.{alias.name}" for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module

    def calls(self) -> Iterator[tuple[str, int]]:
        """(name of what is called, line): `now` for `datetime.now()`, `select` for `select()`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                yield name, node.lineno

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@lru_cache
def modules(folder: Path = PACKAGE) -> tuple[Module, ...]:
    """All modules below a folder."""
    return tuple(_parse(path, folder) for path in sorted(folder.rglob("*.py")))


def of_layer(*layers: str) -> list[Module]:
    """Modules of some layers."""
    return [module for module in modules() if module.layer in layers]


def _parse(path: Path, folder: Path) -> Module:
    text = path.read_text("utf-8")
    return Module(path, path.relative_to(folder).parts[0].removesuffix(".py"), text, ast.parse(text))

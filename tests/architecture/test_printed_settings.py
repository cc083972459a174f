"""What pages print of the settings is part of the build's digest, and nothing else is."""

from __future__ import annotations

import ast

from energo_cabinet.serving.front_end import PRINTED
from energo_cabinet.settings import Settings
from tests.architecture.sources import modules

MEANS = {"is_demo": "mode"}
"""Property of the settings → the setting it is made of."""


def asked_settings() -> set[str]:
    """Attributes of `get_settings()`, or of a variable `settings`, in the modules that are compiled into pages."""
    found = set()
    for module in modules():
        if module.layer in {"pages", "components", "i18n", "theme", "frontend_plugin"}:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("get_settings()", "settings"):
                    found.add(MEANS.get(node.attr, node.attr))
    return found


def test_pages_ask_for_the_printed_settings_and_for_no_others():
    assert asked_settings() == PRINTED
    assert Settings.model_fields.keys() >= PRINTED

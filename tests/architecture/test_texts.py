"""Words of the interface live in the catalogues; nothing points to a foreign host."""

from __future__ import annotations

import ast
import re

from tests.architecture.sources import ROOT, Module, of_layer

CYRILLIC = re.compile("[А-Яа-яЁё]")
ADDRESS = re.compile(rb"(?:https?:)?//(?!www\.w3\.org/|localhost|127\.0\.0\.1)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)
OWN_NAMES = {"Русский"}
"""What a language calls itself in every language."""


def test_no_russian_words_outside_the_catalogues():
    layers = ("pages", "components", "state", "services", "api", "domain", "gateways", "jobs")
    found = [f"{m.name}:{line} {words}" for m in of_layer(*layers) for line, words in _literals(m)]
    assert found == []


def test_assets_name_no_foreign_host():
    files = [path for path in (ROOT / "assets").rglob("*") if path.suffix in {".css", ".js", ".svg", ".webmanifest"}]
    assert files
    assert {str(path): ADDRESS.findall(path.read_bytes()) for path in files if ADDRESS.search(path.read_bytes())} == {}


def test_pages_and_components_name_no_foreign_host():
    found = [m.name for m in of_layer("pages", "components", "state") if ADDRESS.search(m.text.encode())]
    assert found == []


def _literals(module: Module) -> list[tuple[int, str]]:
    """Russian string literals that are no docstrings."""
    statements = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Expr)]
    documentation = {id(value) for value in statements if isinstance(value, ast.Constant)}
    texts = [node for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [
        (node.lineno, node.value)
        for node in texts
        if id(node) not in documentation and node.value not in OWN_NAMES and CYRILLIC.search(node.value)
    ]

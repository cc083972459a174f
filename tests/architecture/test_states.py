"""What every state shares stands once, in state/base.py."""

from __future__ import annotations

import ast

from tests.architecture.sources import of_layer


def test_pages_load_by_one_way():
    """A state that catches and logs by itself forgets one of: sign in again, "missing", "failed"."""
    loading = {m.name for m in of_layer("state") if any(_is_logged_exception(node) for node in ast.walk(m.tree))}
    assert loading == {"energo_cabinet/state/base.py"}


def _is_logged_exception(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "exception" and ast.unparse(node.value) == "log"

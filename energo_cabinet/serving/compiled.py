"""What of a source file can reach a compiled page; the rest may change without a build.

Pages, components and what they say are run while pages are compiled, so all of them counts but handlers of events,
which are only named there. Of other modules a page sees no more than names, types and plain values of what it
imports: bodies of functions do not count (tests/architecture/test_compiled.py runs a compilation and looks).
"""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

RUN = {"pages", "components", "state", "i18n", "theme", "routes", "formatting", "frontend_plugin", "energo_cabinet"}
"""Folders and modules of the package whose functions are called while pages are compiled."""
VALUES = {"domain", "models", "errors"}
"""Those whose constants may be worked out when they are imported."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def face(path: Path, layer: str) -> bytes:
    """What a page can see of a module, in a form that comments and line breaks do not change."""
    stat = path.stat()
    return _face(path, layer, stat.st_mtime_ns, stat.st_size)


@lru_cache(4096)
def _face(path: Path, layer: str, _changed: int, _size: int) -> bytes:
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError:
        return path.read_bytes()  # whoever imports it will say so
    if layer in RUN:
        return ast.dump(_WithoutHandlers().visit(tree)).encode()
    kept = [node for node in tree.body if _is_value(node, layer in VALUES)]
    makers = _called(kept) if layer in VALUES else set()
    names = [ast.dump(_WithoutBodies().visit(node)) for node in kept]
    made_by = [ast.dump(node) for node in tree.body if isinstance(node, Function) and node.name in makers]
    return "\n".join([*names, *made_by]).encode()


def _called(nodes: list[ast.stmt]) -> set[str]:
    """Functions by which the module works its constants out."""
    calls = (
        part.func
        for node in nodes
        if not isinstance(node, ast.ClassDef)
        for part in ast.walk(node)
        if isinstance(part, ast.Call)
    )
    return {call.id for call in calls if isinstance(call, ast.Name)}


def _is_value(node: ast.stmt, may_call: bool) -> bool:
    """A class or a constant; statements for the database are made by calls and no page shows them."""
    if isinstance(node, ast.ClassDef):
        return True
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return False
    return may_call or not any(isinstance(part, ast.Call) for part in ast.walk(node))


class _WithoutHandlers(ast.NodeTransformer):
    """Empties functions that only run for an event, and drops docstrings."""

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Compiling awaits nothing."""
        return _emptied(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A handler is known by its decorator."""
        if any(ast.unparse(decorator).startswith("rx.event") for decorator in node.decorator_list):
            return _emptied(node)
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        """A string that stands alone is documentation."""
        return ast.Pass() if isinstance(node.value, ast.Constant) else self.generic_visit(node)


class _WithoutBodies(_WithoutHandlers):
    """Empties every function."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A property's type may count, how it is worked out does not."""
        return _emptied(node)


def _emptied(node: Function) -> ast.AST:
    node.body = [ast.Pass()]
    return node

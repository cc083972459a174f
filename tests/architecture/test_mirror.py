"""The tests of a use case stand at the path of its module: who looks for them finds them, and none is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT, Module, modules, of_layer

TESTS = ROOT / "tests"


def test_every_module_with_a_use_case_is_imported_by_a_test_at_its_path():
    tests = {module.path: module for module in modules(TESTS)}
    rooms = [module for module in of_layer("services") if _has_use_case(module)]
    assert rooms
    lacking = [f"{m.name} by {_place(m).relative_to(ROOT)}" for m in rooms if not _imports(tests.get(_place(m)), m)]
    assert lacking == []


def _place(module: Module) -> Path:
    """tests/services/desk/test_queue.py of services/desk/queue.py."""
    path = TESTS / module.path.relative_to(PACKAGE)
    return path.with_name(f"test_{path.name}")


def _has_use_case(module: Module) -> bool:
    return any(
        isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "service"
        for function in module.functions()
        for decorator in function.decorator_list
    )


def _imports(test: Module | None, module: Module) -> bool:
    """Whether a test takes something from the module, or the module itself by its name in the room."""
    if test is None:
        return False
    froms = [node for node in ast.walk(test.tree) if isinstance(node, ast.ImportFrom)]
    named = {f"{node.module}.{alias.name}" for node in froms for alias in node.names}
    return module.dotted in {*test.imports(), *named}

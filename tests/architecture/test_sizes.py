"""Sizes and names (DESIGN section 3): a module over 300 lines or a function over 40 has two subjects."""

from __future__ import annotations

import ast

from tests.architecture.sources import ROOT, modules

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager"}


def test_no_module_over_300_lines():
    lines = {m.name: sum(1 for line in m.text.splitlines() if line.strip()) for m in modules()}
    lines |= {m.name: sum(1 for line in m.text.splitlines() if line.strip()) for m in modules(ROOT / "tests")}
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_no_function_over_40_lines():
    sizes = {f"{m.name} {f.name}": (f.end_lineno or 0) - f.lineno + 1 for m in modules() for f in m.functions()}
    assert {name: size for name, size in sizes.items() if size > 40} == {}


def test_no_test_over_25_lines():
    tests = [(m, f) for m in modules(ROOT / "tests") for f in m.functions() if f.name.startswith("test_")]
    sizes = {f"{m.name} {f.name}": (f.end_lineno or 0) - f.lineno + 1 for m, f in tests}
    assert {name: size for name, size in sizes.items() if size > 25} == {}


def test_names_say_what_a_module_is_about():
    assert [m.name for m in modules() if set(m.path.stem.split("_")) & EMPTY_NAMES] == []


def test_states_stay_within_their_budget():
    over = []
    for module in modules():
        for node in ast.walk(module.tree):
            if module.layer == "state" and isinstance(node, ast.ClassDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                events = [f for f in node.body if _is_event(f)]
                if size > 150 or len(events) > 8:
                    over.append(f"{module.name} {node.name}: {size} lines, {len(events)} events")
    assert over == []


def _is_event(node: ast.stmt) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(ast.unparse(d).startswith("rx.event") for d in decorators)

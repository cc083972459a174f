"""Every use case and every state says who may call it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import Module, of_layer


def test_what_takes_a_subject_without_being_a_service_stays_among_services():
    """A step of several use cases may be public, but nobody outside may enter through it."""
    steps = {(m.dotted, f.name) for m in of_layer("services") for f in m.tree.body if _is_step(f)}
    assert ("energo_cabinet.services.values.profile_write", "ensure_partitions") not in steps
    assert ("energo_cabinet.services.ticket.writing", "say") in steps
    outside = of_layer("state", "api", "jobs", "cli", "gate_events", "demo")
    assert [f"{m.name} {name}" for m in outside for name in _service_names(m) if name in steps] == []


def test_every_state_class_has_its_rule():
    layers = of_layer("state", "i18n", "pages", "components")
    states = [(m, c) for m in layers for c in m.tree.body if isinstance(c, ast.ClassDef) and _is_state(c)]
    assert states
    assert [f"{m.name} {c.name}" for m, c in states if not _decorated(c, "access")] == []


def test_public_methods_of_states_are_events_or_vars():
    assert [name for m in of_layer("state", "i18n") for name in _undeclared(m)] == []


def _undeclared(module: Module) -> list[str]:
    return [
        f"{module.name} {c.name}.{f.name}"
        for c in module.tree.body
        if isinstance(c, ast.ClassDef) and any("State" in ast.unparse(base) for base in c.bases)
        for f in c.body
        if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)
        and not f.name.startswith("_")
        and not any(ast.unparse(d).startswith(("rx.event", "rx.var")) for d in f.decorator_list)
    ]


def _is_step(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or _decorated(node, "service"):
        return False
    return [a.arg.lstrip("_") for a in node.args.args][:2] == ["session", "subject"]


def _service_names(module: Module) -> Iterator[tuple[str, str]]:
    """(service module, name) of what is taken from the services, by import or by attribute of an imported module."""
    services = {m.dotted for m in of_layer("services")}
    known = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("energo_cabinet.services"):
            for alias in node.names:
                yield node.module or "", alias.name
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and known.get(node.value.id) in services
        ):
            yield known[node.value.id], node.attr


def _decorated(node: ast.FunctionDef | ast.ClassDef, name: str) -> bool:
    return any(isinstance(d, ast.Call) and ast.unparse(d.func) == name for d in node.decorator_list)


def _is_state(node: ast.ClassDef) -> bool:
    bases = [ast.unparse(base) for base in node.bases]
    mixin = any(k.arg == "mixin" for k in node.keywords)
    return any(base.endswith("State") for base in bases) and not mixin

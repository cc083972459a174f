"""Rooms inside the layers: a feature bears one word everywhere, and rooms of services have an order."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, Module, modules, of_layer

ORDER = (
    *("notice", "values", "supplier", "contract", "sign_in", "point", "tariff", "registry", "reading", "energy"),
    *("quality", "journal", "network", "control", "bill", "reminders", "ticket", "imports", "exchange", "desk"),
    *("broadcast", "person", "phone", "customers", "staff", "home"),
)
"""Rooms of services; each imports only what stands before it, and the tools at their root."""

OWN_ROOMS = {
    ("domain", "time"): "how days and periods run; no use case has it",
    ("formats", "table"): "rows and cells of any table, before anybody knows what they mean",
    ("formats", "files"): "what every reader needs: bounds, options, notices",
    ("formats", "process"): "what runs in a process of its own",
    ("cli", "serving"): "commands of the layer serving",
    ("demo", "supplier_server"): "a supplier's system of the demo; shares no code",
    ("api", "v1"): "one published interface",
    ("state", "frame"): "what stands around every page, whoever looks",
    ("pages", "frame"): "what stands around every page, whoever looks",
    ("components", "frame"): "what stands around every page, whoever looks",
    ("pages", "public"): "what anybody reads without a use case",
    ("components", "public"): "what anybody reads without a use case",
    ("i18n", "frame"): "words of what stands around every page",
    ("i18n", "public"): "words of what anybody reads",
    ("i18n", "serving"): "words of the command line about building and starting",
}
"""(layer, room that no services room is called like) → why."""

STATELESS = {
    "public/about": "texts only",
    "public/help": "texts only",
    "public/help_registration": "texts only",
    "public/legal": "texts only",
    "public/not_found": "texts only",
    "public/welcome": "shows the visitor of the frame and the suppliers' door",
    "sign_in/activate": "a plain form: only an HTTP answer can set the cookie",
    "sign_in/login": "a plain form; shows the visitor of the frame",
    "sign_in/recover": "a plain form",
    "sign_in/reset": "a plain form",
    "sign_in/second_step": "a plain form",
    "bill/receipt": "the second page of bill/bill",
}
"""Page without a state of its own at its path → why."""

MOST = 20
LAYERS = ("services", "domain", "formats", "models", "auth", "gateways", "api", "cli", "jobs", "state", "pages")


def rooms_of(layer: str) -> list[str]:
    """Names of a layer's folders."""
    return sorted(p.name for p in (PACKAGE / layer).iterdir() if p.is_dir() and p.name != "__pycache__")


@pytest.mark.parametrize("top", [PACKAGE, ROOT / "tests"], ids=["energo_cabinet", "tests"])
def test_no_folder_has_more_modules_than_one_can_overlook(top):
    sizes = Counter(m.path.parent for m in modules(top) if m.path.name != "__init__.py")
    assert {str(folder): size for folder, size in sizes.items() if size > MOST} == {}


def test_rooms_of_services_are_those_of_the_order():
    assert rooms_of("services") == sorted(ORDER)


@pytest.mark.parametrize("layer", [*LAYERS, "components", "demo", "i18n"])
def test_a_room_bears_the_word_of_the_services_or_has_a_reason(layer):
    assert [room for room in rooms_of(layer) if room not in ORDER and (layer, room) not in OWN_ROOMS] == []


def test_reasons_are_of_rooms_that_stand():
    assert [pair for pair in OWN_ROOMS if not (PACKAGE / pair[0] / pair[1]).is_dir()] == []


@pytest.mark.parametrize("room", ORDER)
def test_a_room_of_services_imports_only_what_stands_before_it(room):
    before = {".", *ORDER[: ORDER.index(room) + 1]}
    found = [(m.name, taken) for m in _in_room(room) for taken, _ in _taken(m) if _room(taken) not in before]
    assert found == []


@pytest.mark.parametrize("room", ORDER)
def test_a_room_is_entered_by_its_use_cases_its_types_or_what_it_names(room):
    """Everything else of a room may change without its neighbours' knowing. `values` is open as a whole."""
    if room == "values":
        return
    open_modules = {f"{_SERVICES}.{room}.{name}" for name in getattr(import_module(f"{_SERVICES}.{room}"), "OPEN", ())}
    assert [name for name in open_modules if name not in {m.dotted for m in _in_room(room)}] == []
    cases = {f"{m.dotted}.{f.name}" for m in _in_room(room) for f in m.tree.body if _is_use_case(f)}
    strangers = [
        f"{m.name} takes {taken}.{name}"
        for m in of_layer("services")
        if _room(m.dotted) != room
        for taken, name in _taken(m)
        if _room(taken) == room and taken not in open_modules and f"{taken}.{name}" not in cases and not _is_type(name)
    ]
    assert strangers == []


def test_a_page_and_its_state_stand_at_the_same_path():
    pages = {_place(m) for m in of_layer("pages") if any(f.name == "add_to" for f in m.functions()) and _place(m) != ""}
    states = {_place(m) for m in of_layer("state")}
    assert pages - states == STATELESS.keys()


def test_parts_of_pages_are_told_from_pages():
    parts = {_place(m): any(f.name == "add_to" for f in m.functions()) for m in of_layer("pages") if _place(m)}
    assert [name for name, is_page in parts.items() if name.endswith("_part") == is_page] == []


def test_every_room_has_a_line_in_the_glossary():
    words = set(re.findall(r"`(\w+)/`", (ROOT / "GLOSSARY.md").read_text("utf-8")))
    assert {*ORDER, *(room for _, room in OWN_ROOMS)} - words == set()


_SERVICES = "energo_cabinet.services"


def _in_room(room: str) -> list[Module]:
    return [m for m in of_layer("services") if _room(m.dotted) == room]


def _room(dotted: str) -> str:
    """The room of a module of services, "." for the tools at the root."""
    parts = dotted.removeprefix(f"{_SERVICES}").lstrip(".").split(".")
    return parts[0] if (PACKAGE / "services" / parts[0]).is_dir() and parts[0] else "."


def _taken(module: Module) -> Iterator[tuple[str, str]]:
    """(module of services, name taken from it); "*" for the module itself."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_SERVICES):
            for alias in node.names:
                is_module = (PACKAGE.parent / Path(*str(node.module).split("."))).is_dir()
                yield (f"{node.module}.{alias.name}", "*") if is_module else (str(node.module), alias.name)


def _is_use_case(node: ast.stmt) -> bool:
    marks = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return any(isinstance(mark, ast.Call) and ast.unparse(mark.func) == "service" for mark in marks)


def _is_type(name: str) -> bool:
    return name[0].isupper() and not name.isupper()


def _place(module: Module) -> str:
    """Path inside the layer without its ending: `bill/bills`; "" for what is no room's."""
    inside = module.path.relative_to(PACKAGE / module.layer).with_suffix("") if module.path.parent != PACKAGE else None
    return str(inside) if inside and inside.name != "__init__" else ""

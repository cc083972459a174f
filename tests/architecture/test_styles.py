"""The rooms of the style sheet: a class has one home, a room wears its own classes, colours are tokens."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from energo_cabinet.joined_assets import ASSETS, STYLES, TOKENS, cabinet_css
from tests.architecture.sources import PACKAGE, modules
from tests.architecture.styles import class_files, files, given_classes, rules

ALSO = {
    "home": ("components/spark.py", "the chart of the home page, drawn by a widget of the house"),
    "notice": ("pages/broadcast/", "the staff's list of broadcasts looks like a customer's of notices"),
    "person": ("components/setting.py", "the row of a setting is a widget of the house"),
    "registry": ("pages/(point|tariff)/", "normatives and tariffs are tabs of the registry"),
    "staff": ("pages/supplier/staff_settings.py", "the settings are a page of the staff"),
    "supplier": ("pages/exchange/", "the exchange is shown supplier by supplier"),
    "tariff": ("pages/point/staff_normatives.py", "normatives are a tab beside the tariffs"),
}
"""File of assets/css/rooms → who else may wear its classes, and why."""
NO_RULE = {
    "secret": "how a test finds the token that is shown once",
}
"""Class that no rule names → why it is given all the same."""
FOREIGN = {"axistext", "hoverlayer"}
"""Given by Plotly."""
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|(?<![\w-])(?:white|black|red|green|blue|gray|grey)\b",
    re.I,
)
SET_BY_ELEMENTS = {"c", "brand"}
"""Custom properties in `style=` of an element: a legend's colour, a supplier's."""


def test_the_order_names_every_file_once():
    ordered = [TOKENS, *(name for names in STYLES.values() for name in names)]
    assert sorted(ordered) == files()
    assert len(set(ordered)) == len(ordered)


def test_a_room_is_styled_after_the_house():
    assert list(STYLES) == ["base", "house", "rooms"]
    assert {name.startswith("rooms/") for name in STYLES["rooms"]} == {True}
    assert not any(name.startswith("rooms/") for layer in ("base", "house") for name in STYLES[layer])
    assert cabinet_css().startswith("@layer base,house,rooms;\n")


def test_a_class_that_is_a_rule_of_its_own_has_one_home():
    homes: dict[str, set[str]] = {}
    for rule in rules():
        if rule.own_class:
            homes.setdefault(rule.own_class, set()).add(rule.file)
    assert {name: sorted(where) for name, where in homes.items() if len(where) > 1} == {}


def test_no_rule_is_taken_back_by_its_own_file():
    said = Counter((r.file, r.media, r.selector, name) for r in rules() for name, _value in r.declarations)
    assert [one for one, times in said.items() if times > 1] == []


def test_colours_stand_in_the_tokens_only():
    found = [
        f"{r.file} {r.selector} {name}:{value}"
        for r in rules()
        for name, value in r.declarations
        if r.file != TOKENS and COLOUR.search(value)
    ]
    assert found == []


def test_every_token_that_is_asked_for_exists():
    known = {name.removeprefix("--") for rule in rules() for name, _value in rule.declarations if name.startswith("--")}
    asked = {
        name for rule in rules() for _n, value in rule.declarations for name in re.findall(r"var\(--([\w-]+)", value)
    }
    assert asked - known - SET_BY_ELEMENTS == set()


@pytest.mark.parametrize("room", sorted(name.removeprefix("rooms/") for name in STYLES["rooms"]))
def test_a_rooms_class_is_worn_in_the_room(room):
    own = {name for name, where in class_files().items() if where == {f"rooms/{room}"}}
    strangers = [
        f"{module.name}:{line} {word}"
        for module, line, word in given_classes()
        if word in own and not _may_wear(module.path.relative_to(PACKAGE).as_posix(), room)
    ]
    assert strangers == []


def test_every_class_that_is_given_has_a_rule():
    unknown = {word: f"{m.name}:{line}" for m, line, word in given_classes() if word not in class_files()}
    assert {word: where for word, where in unknown.items() if word not in NO_RULE} == {}
    assert sorted(NO_RULE) == sorted(unknown)


def test_every_rule_is_for_a_class_that_somebody_gives():
    texts = [node.value for m in modules() for node in ast.walk(m.tree) if isinstance(node, ast.Constant)]
    texts = [text for text in texts if isinstance(text, str)]
    texts += [path.read_text("utf-8") for path in ASSETS.rglob("*") if path.suffix in {".js", ".html"}]
    words = {word for text in texts for word in re.findall(r"-?[a-zA-Z_][\w-]*", text)}
    assembled = re.compile(r"z-t[1-4]|only-(?:ru|en)")
    assert {n for n in class_files() if n not in words | FOREIGN and not assembled.fullmatch(n)} == set()


def _may_wear(path: str, room: str) -> bool:
    """A module of the room, or one that the list above names."""
    return f"/{room}/" in path or (room in ALSO and re.match(ALSO[room][0], path) is not None)

"""The sources of /cabinet.css, parsed once, and the classes that pages and components give."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tinycss2

from energo_cabinet.joined_assets import ASSETS
from tests.architecture.sources import Module, of_layer

FOLDER = ASSETS / "css"
GIVEN_BY = {"class_name", "cls", "trigger_cls"}
"""Arguments that hold classes, of Reflex and of our components."""
HOLE = "\0"


@dataclass(frozen=True)
class Rule:
    """One selector's declarations inside one `@media` (or none)."""

    file: str
    media: str
    selector: str
    declarations: tuple[tuple[str, str], ...]

    @property
    def classes(self) -> frozenset[str]:
        """Every class in the selector."""
        return frozenset(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", self.selector))

    @property
    def own_class(self) -> str:
        """The class when the selector is that class and at most a state of it (`.tile:hover`), else ""."""
        found = re.fullmatch(r"\.(-?[a-zA-Z_][\w-]*)(::?[a-z-]+(\([^()]*\))?|\[[^\]]*\])*", self.selector)
        return found[1] if found else ""


def files() -> list[str]:
    """Names as the order in joined_assets gives them: `frame`, `rooms/bill`."""
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.css"))


@lru_cache
def rules() -> tuple[Rule, ...]:
    """All rules of all files, a list of selectors taken apart."""
    return tuple(rule for name in files() for rule in _rules_in(name, _parsed(name), ""))


@lru_cache
def class_files() -> dict[str, frozenset[str]]:
    """Class → the files with a selector that names it."""
    found: dict[str, set[str]] = {}
    for rule in rules():
        for name in rule.classes:
            found.setdefault(name, set()).add(rule.file)
    return {name: frozenset(where) for name, where in found.items()}


@lru_cache
def given_classes() -> tuple[tuple[Module, int, str], ...]:
    """(module, line, class) of everything that pages and components write as a class."""
    return tuple(
        (module, node.value.lineno, word)
        for module in of_layer("pages", "components")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg in GIVEN_BY
        for word in _words(node.value)
    )


def _words(node: ast.expr) -> Iterator[str]:
    """Whole words of the literals that can become the value: not those of a condition, not pieces beside a hole."""
    match node:
        case ast.Constant(value=str(text)):
            yield from text.split()
        case ast.JoinedStr(values=parts):
            text = "".join(part.value if isinstance(part, ast.Constant) else HOLE for part in parts)
            yield from (word for word in text.split() if HOLE not in word)
        case ast.Call(func=function, args=arguments):
            is_choice = ast.unparse(function) in {"rx.cond", "rx.match"}
            for argument in arguments[1:] if is_choice else arguments:
                yield from _words(argument)
        case ast.BinOp(left=left, right=right):
            yield from (word for side in (left, right) for word in _words(side) if not word.endswith("-"))
        case ast.IfExp(body=first, orelse=second):
            yield from (word for side in (first, second) for word in _words(side))
        case ast.Tuple(elts=[_, *results]):
            yield from (word for result in results for word in _words(result))


def _parsed(name: str) -> list[tinycss2.ast.Node]:
    return tinycss2.parse_stylesheet((FOLDER / f"{name}.css").read_text("utf-8"), True, True)


def _rules_in(file: str, nodes: list[tinycss2.ast.Node], media: str) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            declarations = tuple(
                (one.name, tinycss2.serialize(one.value).strip())
                for one in tinycss2.parse_declaration_list(node.content, True, True)
            )
            for selector in _selectors(tinycss2.serialize(node.prelude)):
                yield Rule(file, media, selector, declarations)
        elif node.type == "at-rule" and node.lower_at_keyword in {"media", "supports"}:
            inside = tinycss2.parse_rule_list(node.content, True, True)
            yield from _rules_in(file, inside, tinycss2.serialize(node.prelude).strip())


def _selectors(text: str) -> list[str]:
    """The list's selectors; commas inside `:not(a,b)` part nothing."""
    return [one.strip() for one in re.split(r",(?![^(]*\))", text)]

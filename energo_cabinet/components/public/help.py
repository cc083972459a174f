"""Pieces of the help pages: topics and terms that assets/js/filter.js filters while one types."""

from __future__ import annotations

from collections.abc import Iterable

import reflex as rx

from energo_cabinet.components.icon import icon
from energo_cabinet.i18n import keys_beginning, text
from energo_cabinet.i18n.ui import language, t


def keys_under(prefix: str) -> list[str]:
    """Names that have a title under a prefix of the catalogue, in its order."""
    found = (key for key in keys_beginning(f"{prefix}.") if key.endswith(".title"))
    return [key.removeprefix(f"{prefix}.").removesuffix(".title") for key in found]


def topic(name: str) -> rx.Component:
    """A question with its answer, closed until asked; its address is `#<name>`."""
    key = f"help.topic.{name}"
    body = rx.cond(language == "en", _paragraphs(key, "en"), _paragraphs(key, "ru"))
    head = rx.el.summary(rx.el.span(t(f"{key}.title")), icon("chevron-down", 16))
    return rx.el.details(head, rx.el.div(body, class_name="answer"), id=name, data_topic="true", class_name="topic")


def term(name: str) -> rx.Component:
    """A word of the glossary."""
    key = f"help.term.{name}"
    return rx.el.div(
        rx.el.dt(t(f"{key}.title")), rx.el.dd(t(f"{key}.text")), id=name, data_topic="true", class_name="term"
    )


def search_box(nothing: rx.Component) -> rx.Component:
    """The search field, and what shows when no topic is left."""
    field = rx.el.div(
        icon("search"),
        rx.el.input(
            type="search",
            id="help-search",
            placeholder=t("help.search_hint"),
            aria_label=t("help.search"),
            data_filter="true",
            auto_complete="off",
            max_length=100,
        ),
        class_name="input searchbox",
    )
    return rx.fragment(field, rx.el.div(nothing, data_nothing="true", hidden=True, role="status"))


def _paragraphs(key: str, code: str) -> rx.Component:
    return rx.fragment(*(rx.el.p(words) for words in _blocks(text(f"{key}.text", code))))


def _blocks(words: str) -> Iterable[str]:
    return (block.strip() for block in words.strip().split("\n\n"))

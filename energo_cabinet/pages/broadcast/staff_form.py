"""«Написать уведомление»: words on the left, whom they reach on the right, counted as the selection changes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.components.form import error_summary, field, select_field, text_area
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.broadcast.staff_form import BroadcastFormState as State
from energo_cabinet.state.staff.frame import StaffFrameState

KINDS = ("message", "planned_works", "debt")
CLASSES = ("flat", "house", "premises", "company")


def staff_notice_form() -> rx.Component:
    """The page."""
    body = rx.match(
        State.status,
        ("loading", card(skeleton_rows(8))),
        ("ready", _form()),
        ("missing", card(empty("bell", t("broadcast.missing"), t("broadcast.missing_text")))),
        card(failed(t("broadcast.form_failed"), t("broadcast.failed_text"), State.load)),
    )
    head = page_head(t("broadcast.create"), back=(t("broadcast.title"), routes.STAFF_NOTICES))
    return staff_page("notices", rx.el.div(head, body, on_unmount=State.leave))


def reach(view: Any) -> rx.Component:
    """How many people, and how they will learn of it."""
    ways = [(view.in_cabinet, t("broadcast.reach_cabinet")), (view.by_email, t("broadcast.reach_email"))]
    off = rx.el.li(rx.el.b(view.switched_off), " ", t("broadcast.reach_off"))
    listed = rx.el.ul(
        *(rx.el.li(rx.el.b(count), " ", words) for count, words in ways),
        rx.cond(view.switched_off != "", off, rx.fragment()),
        class_name="ways",
    )
    some = rx.fragment(
        rx.el.b(view.people, class_name="fig mid"),
        listed,
        rx.el.p(t("broadcast.reach_only_linked"), class_name="note"),
    )
    nobody = rx.fragment(
        rx.el.b(t("broadcast.reach_none"), class_name="fig mid"),
        rx.el.p(t("broadcast.reach_none_text"), class_name="note"),
    )
    return rx.el.div(
        rx.el.span(t("broadcast.reach"), class_name="label"),
        rx.cond(view.count > 0, some, nobody),
        class_name="reach",
        role="status",
    )


def _form() -> rx.Component:
    save = button(t("broadcast.next"), size=3, type="submit", busy=State.is_busy)
    return rx.el.form(
        rx.el.div(
            card(error_summary(State.errors["form"]), *_words(), title=t("broadcast.what")),
            rx.el.div(
                card(*_selection(), title=t("broadcast.whom"), sub=t("broadcast.whom_sub")),
                card(reach(State.reach), save, cls="reachcard"),
                class_name="stack",
            ),
            class_name="broadcastform",
        ),
        on_submit=State.submit,
        no_validate=True,
        class_name="broadcastwords",
        key=State.draft,
    )


def _words() -> list[rx.Component]:
    return [
        rx.el.div(
            select_field(
                t("broadcast.kind_label"),
                "kind",
                [(kind, t(f"broadcast.kind.{kind}")) for kind in KINDS],
                error=State.errors["kind"],
                default_value=State.values["kind"],
            ),
            _line("title", required=True, max_length=200),
            _text("text", hint=t("broadcast.text_hint"), required=True),
            _works(),
            _english(),
            class_name="form flat",
        )
    ]


def _works() -> rx.Component:
    """Shown by the style sheet while the kind is planned works."""
    moments = [
        field(
            t(f"broadcast.{name}"),
            name,
            kind="datetime-local",
            error=State.errors[name],
            required=True,
            default_value=State.values[name],
        )
        for name in ("works_start", "works_end")
    ]
    address = field(
        t("broadcast.works_address"),
        "works_address",
        error=State.errors["works_address"],
        hint=t("broadcast.works_address_hint"),
        required=True,
        max_length=300,
        auto_complete="off",
        default_value=State.values["works_address"],
    )
    clock = rx.el.p(icon("clock", 14), State.zone, class_name="hint clock")
    return rx.el.fieldset(
        rx.el.legend(t("broadcast.works"), class_name="over"),
        rx.el.div(*moments, class_name="two"),
        clock,
        address,
        class_name="works",
    )


def _english() -> rx.Component:
    has = (State.values["title_en"] != "") | (State.errors["title_en"] != "") | (State.errors["text_en"] != "")
    return rx.el.details(
        rx.el.summary(t("broadcast.english"), class_name="link"),
        rx.el.p(t("broadcast.english_hint"), class_name="hint"),
        _line("title_en", max_length=200, lang="en"),
        _text("text_en", lang="en"),
        open=has,
        class_name="english",
    )


def _line(name: str, **props: Any) -> rx.Component:
    own = {"error": State.errors[name], "default_value": State.values[name], "auto_complete": "off"}
    return field(t(f"broadcast.{name}_label"), name, **own, **props)


def _text(name: str, **props: Any) -> rx.Component:
    own = {"error": State.errors[name], "default_value": State.values[name], "max_length": 2000, "rows": 6}
    return text_area(t(f"broadcast.{name}_label"), name, **own, **props)


def _selection() -> list[rx.Component]:
    return [
        rx.el.div(
            _choice("locality", State.localities, t("broadcast.locality_any")),
            _condition("address_part", t("broadcast.address_part_hint"), max_length=200),
            _choice(
                "consumer_class",
                [(name, t(f"broadcast.class.{name}")) for name in CLASSES],
                t("broadcast.class_any"),
            ),
            _condition("debt_from", t("broadcast.debt_from_hint"), input_mode="decimal", max_length=20),
            _choice("feeder", State.feeders, t("broadcast.feeder_any")),
            class_name="form flat",
        )
    ]


def _choice(name: str, options: Any, anything: Any) -> rx.Component:
    return select_field(
        t(f"broadcast.{name}"),
        name,
        options,
        placeholder=anything,
        error=State.errors[name],
        default_value=State.values[name],
        on_change=lambda value: State.choose(name, value),  # type: ignore[operator]
    )


def _condition(name: str, hint: Any, **props: Any) -> rx.Component:
    return field(
        t(f"broadcast.{name}"),
        name,
        error=State.errors[name],
        hint=hint,
        auto_complete="off",
        default_value=State.values[name],
        on_blur=lambda value: State.choose(name, value),  # type: ignore[operator]
        **props,
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_notice_form,
        route=routes.STAFF_NOTICE_NEW,
        title=t("broadcast.create"),
        on_load=[StaffFrameState.load, State.load],
    )

"""A point of the registry: its cards, the forms that change it, meters and transformers (Н-149…Н-153)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows, toast
from energo_cabinet.components.registry.staff_registry import facts
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.registry.staff_forms_part import dialogs
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.registry.staff_point import RegistryEditState, RegistryPointState
from energo_cabinet.state.registry.staff_replacement import ReplacementState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_registry_point() -> rx.Component:
    """The page."""
    away = link_button(t("registry.back"), routes.STAFF_REGISTRY, kind="outline")
    body = rx.match(
        RegistryPointState.status,
        ("loading", card(skeleton_rows(10))),
        ("ready", _content()),
        ("missing", card(empty("gauge", t("registry.missing"), t("registry.missing_text"), away))),
        card(failed(t("registry.failed"), t("registry.failed_text"), RegistryPointState.load)),
    )
    view = RegistryPointState.view
    title = rx.cond(view.name != "", view.name, t("registry.point_card"))
    head = page_head(title, view.number, back=(t("registry.title"), routes.STAFF_REGISTRY))
    confirmed = rx.fragment(
        toast(RegistryEditState.notice, RegistryEditState.close), toast(ReplacementState.notice, ReplacementState.close)
    )
    inside = rx.el.div(head, body, confirmed, dialogs(), on_unmount=RegistryPointState.leave, class_name="registry")
    return staff_page("registry", inside)


def _content() -> rx.Component:
    view = RegistryPointState.view
    edit = _edit("point")
    return rx.el.div(
        card(facts(view.point), title=t("registry.point_card"), action=edit, cls="c6"),
        _meter(),
        _installed(),
        _transformers(),
        _changes(),
        class_name="grid",
    )


def _edit(what: str) -> rx.Component:
    opens = RegistryEditState.edit(what)  # type: ignore[operator]
    return button(t("registry.edit"), kind="outline", icon_name="pencil", id=f"edit-{what}", on_click=opens)


def _meter() -> rx.Component:
    view = RegistryPointState.view
    has_meter = view.meter.length() > 0
    install = button(t("registry.install"), icon_name="plus", on_click=ReplacementState.open)
    actions = rx.el.div(
        _edit("meter"),
        button(t("registry.replace"), icon_name="refresh-cw", on_click=ReplacementState.open),
        class_name="rowf",
    )
    nothing = empty("gauge", t("registry.meter_none"), t("registry.meter_none_text"), install)
    return card(
        rx.cond(has_meter, facts(view.meter), nothing),
        title=t("registry.meter_card"),
        action=rx.cond(has_meter, actions, rx.fragment()),
        cls="c6",
    )


def _installed() -> rx.Component:
    columns = ("meter_card", "installed_since", "installed_till", "registers_initial", "registers_final")
    heads = [rx.el.th(t(f"registry.{name}"), scope="col") for name in columns]

    def line(row: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(row.meter),
            rx.el.td(row.since, class_name="nowrap"),
            rx.el.td(row.till, class_name="nowrap"),
            rx.el.td(row.initial),
            rx.el.td(row.final),
            key=row.key,
        )

    made = rx.el.table(
        rx.el.caption(t("registry.history"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(RegistryPointState.view.installed, line)),
        class_name="t dense",
    )
    wide = rx.el.div(
        made,
        class_name="tablewrap",
        role="region",
        aria_label=t("registry.history"),
        custom_attrs={"tabIndex": 0},
    )
    shown = card(wide, title=t("registry.history"), cls="c12")
    return rx.cond(RegistryPointState.view.installed.length() > 0, shown, rx.fragment())


def _transformers() -> rx.Component:
    def one(row: Any) -> rx.Component:
        edit = button(
            t("registry.edit"),
            kind="ghost",
            icon_name="pencil",
            on_click=RegistryEditState.edit_transformer(row.key),  # type: ignore[operator]
        )
        head = rx.el.div(rx.el.h3(row.title), edit, class_name="rowf between")
        return rx.el.div(head, facts(row.facts), key=row.key)

    add = button(
        t("registry.transformer_add"),
        kind="outline",
        icon_name="plus",
        on_click=RegistryEditState.edit_transformer(""),  # type: ignore[operator]
    )
    rows = rx.el.div(rx.foreach(RegistryPointState.view.transformers, one), class_name="regtransformers")
    none = rx.el.p(t("registry.transformers_none"), class_name="muted")
    known = RegistryPointState.view.transformers.length() > 0
    return card(rx.cond(known, rows, none), title=t("registry.transformers"), action=add, cls="c12")


def _changes() -> rx.Component:
    def line(row: Any) -> rx.Component:
        when = rx.el.p(row.at, " · ", row.by, class_name="muted small")
        words = rx.el.ul(rx.foreach(row.changes, rx.el.li), class_name="changes")
        return rx.el.li(rx.el.b(row.what), when, words, key=row.key)

    rows = rx.el.ul(rx.foreach(RegistryPointState.view.changes, line), class_name="reglog")
    none = rx.el.p(t("registry.changes_none"), class_name="muted")
    known = RegistryPointState.view.changes.length() > 0
    return card(rx.cond(known, rows, none), title=t("registry.changes"), cls="c12")


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [StaffFrameState.load, RegistryPointState.load]
    app.add_page(staff_registry_point, route=routes.STAFF_REGISTRY_POINT, title=t("registry.title"), on_load=on_load)

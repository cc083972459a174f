"""«Нормативы» of a supplier: what the law or the region sets, with days and source (issue 5; Н-94)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field
from energo_cabinet.components.registry.staff_registry import for_admin, registry_tabs
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.point.staff_normatives import NormativeEditState, NormativesState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_normatives() -> rx.Component:
    """The page."""
    opens = NormativeEditState.edit(0)  # type: ignore[operator]
    add = button(t("tariffs.normative_add"), icon_name="plus", id="add-normative", on_click=opens)
    upload = link_button(t("tariffs.load"), routes.STAFF_REGISTRY_IMPORT, icon_name="upload", kind="outline")
    may = StaffFrameState.permissions
    body = rx.match(
        NormativesState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", rx.fragment(_list(), _more())),
        ("empty", card(empty("scale", t("tariffs.normatives_empty"), t("tariffs.normatives_empty_text")))),
        card(failed(t("tariffs.normatives_failed"), t("registry.failed_text"), NormativesState.load)),
    )
    head = page_head(t("registry.title"), actions=[for_admin(may, rx.fragment(upload, add))])
    inside = rx.el.div(
        head,
        registry_tabs("normatives"),
        rx.el.p(t("tariffs.normatives_note"), class_name="muted listnote"),
        body,
        toast(NormativeEditState.notice, NormativeEditState.close),
        _editing(),
        _removing(),
        on_unmount=NormativesState.leave,
        class_name="registry",
    )
    return staff_page("registry", inside)


def _list() -> rx.Component:
    heads = [rx.el.th(t(f"tariffs.column_{name}"), scope="col") for name in ("normative", "value", "days", "source")]
    heads.append(rx.el.th(rx.el.span(t("tariffs.column_action"), class_name="hide"), scope="col"))
    made = rx.el.table(
        rx.el.caption(t("registry.normatives"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(NormativesState.rows, _row)),
        class_name="t",
    )
    lines = rx.el.ul(rx.foreach(NormativesState.rows, _line), class_name="mlist only-phone")
    return card(rx.el.div(made, class_name="tablewrap hide-phone"), lines)


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(rx.el.b(row.name)),
        rx.el.td(row.value),
        rx.el.td(rx.el.p(row.span), badge(row.state, row.tone, cls="status")),
        rx.el.td(row.source),
        rx.el.td(_edit(row)),
        key=row.id,
    )


def _line(row: Any) -> rx.Component:
    head = rx.el.div(rx.el.b(row.name), badge(row.state, row.tone, cls="status"), class_name="rowf between")
    note = rx.el.p(row.span, " · ", row.source, class_name="muted small")
    return rx.el.li(head, rx.el.p(row.value), note, _edit(row), class_name="stackrow", key=row.id)


def _edit(row: Any) -> rx.Component:
    opens = NormativeEditState.edit(row.id)  # type: ignore[operator]
    edit = button(t("registry.edit"), kind="ghost", icon_name="pencil", on_click=opens)
    return for_admin(StaffFrameState.permissions, edit)


def _more() -> rx.Component:
    next_page = button(t("registry.more"), kind="outline", on_click=NormativesState.more)
    return rx.cond(NormativesState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def _editing() -> rx.Component:
    state = NormativeEditState
    out = button(t("tariffs.remove"), kind="ghost", icon_name="x", on_click=state.ask_remove)
    form = rx.el.form(
        error_summary(state.errors["form"]),
        _field("normative", t("tariffs.normative_name"), max_length=200),
        rx.el.div(
            _field("value", t("tariffs.value"), input_mode="decimal"),
            _field("unit", t("tariffs.unit"), hint=t("tariffs.unit_hint"), max_length=40),
            class_name="two",
        ),
        rx.el.div(
            _field("valid_from", t("tariffs.valid_from"), kind="date"),
            _field("valid_to", t("tariffs.valid_to"), kind="date", hint=t("tariffs.valid_to_hint")),
            class_name="two",
        ),
        _field("source", t("tariffs.source"), hint=t("tariffs.source_hint"), max_length=300),
        rx.el.div(
            rx.cond(state.chosen > 0, out, rx.fragment()),
            rx.el.span(class_name="grow"),
            button(t("registry.cancel"), kind="outline", size=3, on_click=state.close),
            button(t("registry.save"), size=3, type="submit", busy=state.is_busy),
            class_name="dlgfoot",
        ),
        on_submit=state.save,
        class_name="form",
        no_validate=True,
    )
    title = rx.cond(state.chosen > 0, t("tariffs.normative"), t("tariffs.normative_new"))
    return dialog(title, form, is_open=state.dialog == "edit", on_close=state.close, id="normative-edit")


def _removing() -> rx.Component:
    state = NormativeEditState
    feet = rx.el.div(
        button(t("registry.cancel"), kind="outline", size=3, on_click=state.close),
        button(t("tariffs.remove"), kind="danger", size=3, on_click=state.remove),
        class_name="dlgfoot",
    )
    body = rx.el.div(error_summary(state.errors["form"]), feet)
    title = t("tariffs.normative_remove_sure")
    return dialog(title, body, is_open=state.dialog == "remove", on_close=state.close, id="normative-remove")


def _field(name: str, label: Any, **props: Any) -> rx.Component:
    typed, error = NormativeEditState.typed[name], NormativeEditState.errors[name]
    return field(
        label,
        name,
        error=error,
        id=f"norm-{name}",
        default_value=typed,
        auto_complete="off",
        required=name != "valid_to",
        **props,
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [StaffFrameState.load, NormativesState.load]
    app.add_page(staff_normatives, route=routes.STAFF_NORMATIVES, title=t("registry.normatives"), on_load=on_load)

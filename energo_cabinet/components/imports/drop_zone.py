"""A big area for files of measured values: dropped or chosen, several at once, sent as they come (assets/js/drop.js).

Each file goes to `POST /api/staff/imports` as it is, so that nothing of it is held in memory; a file that has arrived
leaves this list and appears in the one of the page.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.form import checkbox, field, select_field
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t

ACCEPT = ".xml,.zip,.csv,.gz,.txt,.xls,.xlsx"
WORDS = ("sending", "waiting", "lost", "retry", "remove", "too_large", "sent", "refused")


MEGABYTES = 64
"""The most that `import_max_mb` may be; a lower bound is the server's to tell."""


def drop_zone() -> rx.Component:
    """The area, the files under way, and how a foreign table is to be read."""
    control = rx.el.input(
        type="file", id="import-files", multiple=True, accept=ACCEPT, aria_describedby="import-hint import-note"
    )
    choose = rx.el.label(icon("upload"), rx.el.span(t("imports.choose")), control, class_name="btn solid s3 pick")
    words = rx.el.div(
        rx.el.b(t("imports.drop_here")),
        rx.el.p(t("imports.drop_hint", megabytes=MEGABYTES), id="import-hint", class_name="sub"),
        class_name="grow",
    )
    return rx.el.div(
        rx.el.div(icon("file-up", 24), words, choose, class_name="dropzone"),
        rx.el.ul(class_name="files uploads", aria_label=t("imports.under_way"), data_files="true"),
        rx.el.p(id="import-note", class_name="err", role="alert", data_note="true"),
        rx.el.span(class_name="hide", role="status", data_status="true"),
        _options(),
        class_name="dropfield",
        data_drop="/api/staff/imports",
        data_largest=str(MEGABYTES << 20),
        **{f"data_word_{name}": t(f"imports.word_{name}") for name in WORDS},
    )


def _options() -> rx.Component:
    """For tables of other programs; what is filled in goes along with every file."""
    kinds = [("", t("imports.option_auto")), ("readings", t("imports.kind.readings"))]
    stamps = [("", t("imports.option_auto")), ("start", t("imports.stamp_start")), ("end", t("imports.stamp_end"))]
    units = [("", "kWh"), *((unit, unit) for unit in ("wh", "mwh", "w", "kw", "mw"))]
    fields: list[Any] = [
        select_field(t("imports.option.kind"), "kind", kinds, id="option-kind"),
        field(t("imports.option.point"), "point", hint=t("imports.option_point_hint"), id="option-point"),
        field(t("imports.option.point_column"), "point_column", id="option-point-column"),
        field(t("imports.option.time_column"), "time_column", id="option-time-column"),
        field(t("imports.option.value_column"), "value_column", hint=t("imports.option_value_hint"), id="option-value"),
        select_field(t("imports.option.stamp"), "stamp", stamps, id="option-stamp"),
        select_field(t("imports.option.unit"), "unit", units, id="option-unit"),
        field(t("imports.option.zone"), "zone", placeholder="Europe/Moscow", id="option-zone"),
    ]
    create = checkbox(t("imports.option_create"), name="create", value="1", id="option-create")
    return rx.el.details(
        rx.el.summary(t("imports.options"), icon("chevron-down", 14)),
        rx.el.div(*fields, class_name="optiongrid"),
        create,
        class_name="dropoptions",
        data_options="true",
    )

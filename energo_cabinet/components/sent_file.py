"""A file that is sent as soon as it is chosen, with the answer under its button (assets/js/sent_file.js)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t


def sent_file(
    label: Any,
    address: Any,
    *beside: rx.Component,
    id: str,
    accept: str,
    described_by: str = "",
    kind: str = "outline",
    after: rx.Component | None = None,
    **words: Any,
) -> rx.Component:
    """`address`: where it goes; the answer's `go` is opened, a refusal's `title` and `lines` are shown.

    `beside`: what stands next to the button; `after`: a hidden button, pressed when the file has been taken;
    `words`: `data_…_words` where they differ from the usual ones.
    """
    pick = rx.el.label(
        icon("upload"),
        rx.el.span(label),
        rx.el.input(type="file", id=id, accept=accept, aria_describedby=described_by or None),
        class_name=f"btn {kind} s3 filebtn",
        html_for=id,
    )
    answer = rx.el.div(rx.el.p(data_told="true", role="status"), rx.el.ul(data_lines="true"), class_name="planfile")
    told = {
        "data_busy_words": t("form.file_busy"),
        "data_failed_words": t("form.file_failed"),
        "data_line_words": t("form.file_line"),
        "data_done_words": "",
        "data_show_words": "",
    }
    row = rx.el.div(pick, *beside, class_name="rowf wrap") if beside else pick
    return rx.el.div(row, answer, after or rx.fragment(), class_name="form", data_planfile=address, **{**told, **words})

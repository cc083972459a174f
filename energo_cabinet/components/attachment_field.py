"""A file field whose files are uploaded as they are chosen (assets/js/attachment.js → POST /api/attachments).

The form it stands in gets the ids as "12,15" in the hidden field `name`; `domain.attachment.attachment_ids` reads
them. To empty it after sending, give it another `key`.
"""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from energo_cabinet.components.icon import icon
from energo_cabinet.domain.attachment import MOST
from energo_cabinet.i18n.ui import t
from energo_cabinet.models import AttachmentPurpose

Text = str | rx.Var[str]

ACCEPT = {
    "reading": "image/jpeg,image/png,image/heic,image/heif,.heic,.heif",
    "ticket": "image/jpeg,image/png,image/heic,image/heif,.heic,.heif,application/pdf",
}


def attachment_field(
    purpose: Literal["reading", "ticket"],
    *,
    name: str = "attachments",
    label: Text | None = None,
    hint: Text | None = None,
    button: Text | None = None,
    error: rx.Var[str] | None = None,
    **props: Any,
) -> rx.Component:
    """Choose, see the progress, remove; works by keyboard, on phones it offers the camera."""
    most, key = MOST[AttachmentPurpose(purpose)], f"{name}-{purpose}"
    head = label or t("attachments.photo" if purpose == "reading" else "attachments.files")
    return rx.el.div(
        rx.el.span(head, class_name="label"),
        _choose(purpose, key, button),
        rx.el.p(hint or _hint(purpose, most), id=f"{key}-hint", class_name="hint"),
        rx.el.ul(class_name="files", aria_label=t("attachments.list"), data_files="true"),
        rx.el.p(id=f"{key}-note", class_name="err", role="alert", data_note="true"),
        rx.el.span(class_name="hide", role="status", data_status="true"),
        _refusal(error),
        rx.el.input(type="hidden", name=name, default_value=""),
        class_name="field attach",
        data_attach=purpose,
        data_most=str(most),
        **_words(most),
        **props,
    )


def _choose(purpose: str, key: str, words: Text | None) -> rx.Component:
    is_photo = purpose == "reading"
    control = rx.el.input(
        type="file", id=key, multiple=True, accept=ACCEPT[purpose], aria_describedby=f"{key}-hint {key}-note"
    )
    return rx.el.label(
        icon("camera" if is_photo else "paperclip"),
        rx.el.span(words or t("attachments.add_photo" if is_photo else "attachments.add")),
        control,
        class_name="btn outline s3 filebtn",
        html_for=key,
    )


def _words(most: int) -> dict[str, rx.Var[str]]:
    """What the script says."""
    words = {
        f"data_word_{word}": t(f"attachments.{word}")
        for word in ("remove", "retry", "sending", "lost", "too_large", "sent")
    }
    return words | {"data_word_too_many": t("attachments.too_many", most=most)}


def file_links(files: rx.Var[list[Any]] | Any) -> rx.Component:
    """Links to files already sent; each has `address`, `name` and `size` (words)."""

    def line(file: Any) -> rx.Component:
        words = (icon("paperclip", 14), rx.el.span(file.name), rx.el.span(file.size, class_name="muted"))
        return rx.el.li(rx.el.a(*words, href=file.address, target="_blank", class_name="link"), key=file.address)

    return rx.el.ul(rx.foreach(files, line), class_name="filelinks")


def _hint(purpose: str, most: int) -> rx.Var[str]:
    return t("attachments.photo_hint") if purpose == "reading" else t("attachments.files_hint", most=most)


def _refusal(error: rx.Var[str] | None) -> rx.Component:
    if error is None:
        return rx.fragment()
    return rx.cond(error != "", rx.el.p(icon("circle-alert", 14), rx.el.span(error), class_name="err"), rx.fragment())

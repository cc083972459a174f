"""Buttons and links that look like them."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from energo_cabinet.components.icon import icon

Kind = Literal["solid", "outline", "ghost", "danger"]
Text = str | rx.Var[str]


def _inside(text: Text | None, icon_name: str, after: str) -> list[rx.Component]:
    parts = [icon(icon_name)] if icon_name else []
    parts += [rx.el.span(text)] if text is not None else []
    return parts + ([icon(after)] if after else [])


def _cls(kind: str, size: int, cls: str) -> str:
    return f"btn {kind} s{size} {cls}".strip()


def button(
    text: Text,
    *,
    kind: Kind = "solid",
    size: Literal[2, 3] = 2,
    icon_name: str = "",
    after: str = "",
    cls: str = "",
    busy: rx.Var[bool] | None = None,
    type: Literal["button", "submit"] = "button",
    **props: Any,
) -> rx.Component:
    """A button: size 2 (32 px) in toolbars, 3 (40 px) in forms; while `busy` it is disabled and turns a wheel."""
    content = _inside(text, icon_name, after)
    if busy is not None:
        content.append(rx.cond(busy, rx.el.span(class_name="spinner", aria_hidden="true"), rx.fragment()))
        props |= {"disabled": busy, "aria_busy": rx.cond(busy, "true", "false")}
    return rx.el.button(*content, type=type, class_name=_cls(kind, size, cls), **props)


def icon_button(
    icon_name: str, label: Text, *, kind: str = "ghost", cls: str = "", size: int = 16, **props: Any
) -> rx.Component:
    """A square button with an icon only; `label` names it."""
    props = {"type": "button", **props}
    return rx.el.button(
        icon(icon_name, size), class_name=_cls(f"{kind} square", 2, cls), aria_label=label, title=label, **props
    )


def link_button(
    text: Text,
    href: Text,
    *,
    kind: Kind = "solid",
    size: Literal[2, 3] = 2,
    icon_name: str = "",
    after: str = "",
    cls: str = "",
    **props: Any,
) -> rx.Component:
    """A link that looks like a button, for moving to another page."""
    return page_link(*_inside(text, icon_name, after), href=href, cls=_cls(kind, size, cls), **props)


def page_link(*children: Any, href: Text, cls: str = "", **props: Any) -> rx.Component:
    """A link to a page of the cabinet: no full load, works with a modifier key and without scripts."""
    return ReactRouterLink.create(*children, to=href, class_name=cls, **props)


def text_link(text: Text, href: Text, *, icon_name: str = "", after: str = "", **props: Any) -> rx.Component:
    """A coloured text link to a page of the cabinet."""
    parts = [icon(icon_name, 14)] if icon_name else []
    parts += [rx.el.span(text)] + ([icon(after, 14)] if after else [])
    return page_link(*parts, href=href, cls="link", **props)


def file_link(text: Text, href: Text, *, icon_name: str = "download", cls: str = "", **props: Any) -> rx.Component:
    """A button-like link to a file made by a REST route (CSV): fetched by the browser, not followed by the router."""
    # rx.el.a is the router's link, which would look for a page at the file's address.
    props |= {"download": True, "reload_document": True, "class_name": _cls("outline", 2, cls)}
    return ReactRouterLink.create(*_inside(text, icon_name, ""), to=href, **props)

"""Tags of every page's head."""

from __future__ import annotations

import reflex as rx


def head_components() -> list[rx.Component]:
    """Viewport, icon, theme colours, fonts of the first screen, the small script that acts before the first paint."""
    fonts = ("inter-cyrillic-wght-normal", "inter-latin-wght-normal")
    return [
        rx.el.meta(name="viewport", content="width=device-width,initial-scale=1"),
        rx.el.meta(name="theme-color", content="#ffffff", custom_attrs={"media": "(prefers-color-scheme: light)"}),
        rx.el.meta(name="theme-color", content="#18191b", custom_attrs={"media": "(prefers-color-scheme: dark)"}),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icons/maskable-192.png"),
        rx.el.link(rel="manifest", href="/api/mobile/manifest.webmanifest"),
        *(
            rx.el.link(
                rel="preload",
                href=f"/fonts/{name}.woff2",
                custom_attrs={"as": "font"},
                type="font/woff2",
                cross_origin="anonymous",
            )
            for name in fonts
        ),
        rx.el.script(src="/cabinet.js"),
        rx.el.script(src="/phone.js", defer=True),
    ]

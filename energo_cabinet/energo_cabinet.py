"""The application: pages, REST, gate, lifespan; nothing else."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.utils.exec import get_frontend_mount
from reflex_base.environment import environment

from energo_cabinet import pages
from energo_cabinet.components.head import head_components


def with_built_frontend(asgi: Any) -> Any:
    """Serve the built pages from this process when Reflex itself does not (`--backend-only`)."""
    if environment.REFLEX_BACKEND_ONLY.get():
        asgi.routes.append(get_frontend_mount(router=app.router))
    return asgi


app = rx.App(
    html_lang="ru",
    head_components=head_components(),
    stylesheets=["/tokens.css", "/cabinet.css"],
    api_transformer=[with_built_frontend],
)
pages.add_to(app)

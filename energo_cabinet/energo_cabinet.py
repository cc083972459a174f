"""The application: pages, REST, gate, lifespan; nothing else."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.utils.exec import get_frontend_mount
from reflex.utils.prerequisites import get_web_dir
from reflex_base.constants import Dirs
from reflex_base.environment import environment

from energo_cabinet import logging_setup, pages, startup
from energo_cabinet.api import with_api
from energo_cabinet.components.frame.head import head_components
from energo_cabinet.gate import EdgeGate
from energo_cabinet.gate_events import EventGate, drop_unknown
from energo_cabinet.jobs import rounds
from energo_cabinet.live.watch import watch
from energo_cabinet.pages.frame import around_part
from energo_cabinet.serving.reload import with_reload
from energo_cabinet.settings import get_settings


def with_built_frontend(asgi: Any) -> Any:
    """Serve the built pages from this process when Reflex itself does not (`--backend-only`)."""
    if environment.REFLEX_BACKEND_ONLY.get() and (get_web_dir() / Dirs.STATIC / "index.html").exists():
        asgi.routes.append(get_frontend_mount(router=app.router))
    return asgi


logging_setup.configure(get_settings())
app = rx.App(
    html_lang="ru",
    head_components=head_components(),
    app_wraps=around_part.wraps(),
    toaster=None,
    backend_exception_handler=around_part.report_fault,
    frontend_exception_handler=around_part.report_browser_fault,
    api_transformer=[with_api, with_built_frontend, with_reload, EdgeGate],
)
pages.add_to(app)
app.add_middleware(EventGate(), index=0)
drop_unknown(app)
app.register_lifespan_task(rounds.run)
app.register_lifespan_task(watch, app=app)
startup.refuse_unless_ready(get_settings())
startup.wait_until_prepared()

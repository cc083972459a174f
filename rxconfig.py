"""Reflex configuration, derived from ENERGO_ settings; nothing secret is baked into the front end."""

import os

import reflex as rx

from energo_cabinet.frontend_plugin import JoinedAssetsPlugin, SameOriginPlugin
from energo_cabinet.serving.plain_run import divert_plain_run
from energo_cabinet.settings import get_settings

settings = get_settings()
divert_plain_run(settings)
os.environ.setdefault("REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE", "65536")
os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
os.environ.setdefault("REFLEX_USE_GRANIAN", "1")
if settings.log_json:
    os.environ.setdefault("REFLEX_LOG_JSON", "true")

config = rx.Config(
    app_name="energo_cabinet",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    backend_port=settings.port,
    backend_host=settings.host,
    cors_allowed_origins=sorted(settings.origins),
    trusted_proxy_hops=settings.trusted_proxy_hops,
    db_url=settings.db_url,
    redis_url=settings.redis_url or None,
    state_manager_mode="redis" if settings.redis_url else "memory",
    plugins=[
        SameOriginPlugin(),
        JoinedAssetsPlugin(),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)

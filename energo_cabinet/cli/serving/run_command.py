"""`run`: serve what the settings say (migrate first; the front end is built when needed)."""

from __future__ import annotations

import argparse

from energo_cabinet import migrations, startup
from energo_cabinet.errors import CabinetError
from energo_cabinet.serving import front_end
from energo_cabinet.serving.server import require_free_port, serve
from energo_cabinet.serving.step import say
from energo_cabinet.settings import get_settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments: everything comes from the environment."""


def execute(_args: argparse.Namespace) -> int:
    """Run it."""
    settings = get_settings()
    startup.stop(startup.unsafe_settings(settings))
    require_free_port(settings)
    if not migrations.is_current():
        raise CabinetError("not_migrated")
    front_end.build(settings)
    return serve(settings, lambda: say(f"Serving {settings.base_url} (listening on {settings.host}:{settings.port})"))

"""`demo`: migrate, load demo data once, build what has changed, serve on loopback."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from energo_cabinet.cli.serving.demo_supplier_command import token_in
from energo_cabinet.database import session_scope
from energo_cabinet.errors import CabinetError
from energo_cabinet.serving import front_end
from energo_cabinet.serving.server import free_port, require_free_port, serve
from energo_cabinet.serving.step import say
from energo_cabinet.settings import Settings, get_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--empty", action="store_true", help="load no demo data")


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    settings = get_settings()
    if not settings.is_demo:
        raise CabinetError("demo_only")
    require_free_port(settings)
    if not front_end.build(settings):
        say("→ The front end is unchanged, nothing to build")
    say("→ Starting the server (about 5 s) and preparing the database")
    with_data = not args.empty
    return serve(settings, lambda: announce(settings, with_data), lambda: prepare(settings, with_data))


def prepare(settings: Settings, with_data: bool) -> list[list[str]]:
    """The database, and the servers to run beside; imported here, while the server imports its own."""
    from energo_cabinet.migrations import migrate

    migrate()
    if not with_data:
        return []
    _load()
    return _suppliers(settings)


def _load() -> None:
    from energo_cabinet.demo import data

    with session_scope() as session:
        if data.load(session, datetime.now(UTC)):
            say("  demo data loaded")


def _suppliers(settings: Settings) -> list[list[str]]:
    """The server of the supplier behind the protocol, on a port of its own."""
    from energo_cabinet.demo import remote

    folder, port = settings.data_dir / "supplier", free_port()
    with session_scope() as session:
        is_there = remote.connect(session, datetime.now(UTC), folder, port, token_in(folder))
    return [remote.server(folder, port)] if is_there else []


def announce(settings: Settings, with_data: bool) -> None:
    """Say where it is served and who may sign in."""
    say(f"\nEnergo Cabinet is ready: {settings.base_url}")
    if with_data:
        from energo_cabinet.demo import data

        say("\n".join(f"  {line}" for line in data.LOGINS))
    say(f"  letters: {settings.base_url}/demo/mailbox (files in {settings.data_dir}/mail)")
    say("Ctrl-C stops it.\n")

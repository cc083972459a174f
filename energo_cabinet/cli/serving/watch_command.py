"""`watch`: the demo, served anew whenever a source is saved; for work on the cabinet itself."""

from __future__ import annotations

import argparse

from energo_cabinet.cli.serving import demo_command
from energo_cabinet.errors import CabinetError
from energo_cabinet.serving.server import require_free_port
from energo_cabinet.serving.watch import Watch
from energo_cabinet.settings import get_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    demo_command.add_arguments(parser)


def execute(args: argparse.Namespace) -> int:
    """Run it until it is stopped."""
    settings, with_data = get_settings(), not args.empty
    if not settings.is_demo:
        raise CabinetError("demo_only")
    require_free_port(settings)
    commands = demo_command.prepare(settings, with_data)
    return Watch(settings).run(lambda: demo_command.announce(settings, with_data), commands)

"""`build`: the front end, when something that goes into it has changed."""

from __future__ import annotations

import argparse

from energo_cabinet.cli import add_json, show
from energo_cabinet.serving import front_end
from energo_cabinet.settings import get_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    add_json(parser)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    show(args, {"built": front_end.build(get_settings(), force=args.force)})
    return 0

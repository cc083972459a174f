"""`migrate`: bring the database to the current schema."""

from __future__ import annotations

import argparse

from energo_cabinet.cli import add_json, show
from energo_cabinet.migrations import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add_json(parser)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    show(args, {"revision": migrate()})
    return 0

"""`search rebuild`: write the words by which staff find contracts anew, after rows were written past the cabinet."""

from __future__ import annotations

import argparse

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.contract.search_index import rebuild_search


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    rebuild = parser.add_subparsers(dest="action", required=True).add_parser("rebuild", help="all contracts")
    add_json(rebuild)


def execute(args: argparse.Namespace) -> int:
    """Run it, a thousand contracts a transaction."""
    last, rounds = 0, 0
    while (reached := run_as_system(rebuild_search, last)) is not None:
        last, rounds = reached, rounds + 1
    show(args, {"last contract": last, "transactions": rounds})
    return 0

"""`supplier add`: a supplier whose data this installation keeps."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.supplier import add_supplier
from energo_cabinet.settings import get_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add = parser.add_subparsers(dest="action", required=True).add_parser("add", help="add a supplier")
    add.add_argument("--code", required=True, help="short code; imports and contracts refer to it")
    add.add_argument("--name", required=True, help="name shown to customers")
    add.add_argument("--zone", default="", help="IANA time zone of its days (default: ENERGO_DEFAULT_ZONE)")
    add_json(add)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    zone = args.zone or get_settings().default_zone
    show(args, asdict(run_as_system(add_supplier, args.code, args.name, zone)))
    return 0

"""`staff add`: somebody who works for a supplier, or the first administrator of the installation."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.staff.member import enlist

ROLES = ("operator", "engineer", "supplier_admin", "system_admin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add = parser.add_subparsers(dest="action", required=True).add_parser("add", help="make somebody staff")
    add.add_argument("--email", required=True, help="address to sign in with; an unknown one is sent an invitation")
    add.add_argument("--name", required=True, help="name at work")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--supplier", default="", metavar="CODE", help="whom they work for (not for system_admin)")
    add_json(add)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    show(args, asdict(run_as_system(enlist, args.email, args.name, args.role, args.supplier)))
    return 0

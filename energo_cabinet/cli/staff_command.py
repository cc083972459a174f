"""`staff`: who works for a supplier, the first administrator of the installation, and the bad day's commands."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.cli.account import ACTIONS, add_account_actions, execute_account
from energo_cabinet.door import run_as_system
from energo_cabinet.services.staff.account_command import list_staff, remove_by_command
from energo_cabinet.services.staff.member import enlist

ROLES = ("operator", "engineer", "supplier_admin", "system_admin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="make somebody staff")
    add.add_argument("--email", required=True, help="address to sign in with; an unknown one is sent an invitation")
    add.add_argument("--name", required=True, help="name at work")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--supplier", default="", metavar="CODE", help="whom they work for (not for system_admin)")
    add_json(add)
    found = actions.add_parser("list", help="who is staff, and whether their account is disabled")
    found.add_argument("--supplier", default="", metavar="CODE", help="of this supplier only")
    add_json(found)
    remove = actions.add_parser("remove", help="no longer staff; the account stays a customer's")
    remove.add_argument("--email", required=True, help="address of the member")
    add_json(remove)
    add_account_actions(actions)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action in ACTIONS:
        return execute_account(args)
    if args.action == "list":
        for line in run_as_system(list_staff, args.supplier):
            show(args, asdict(line))
        return 0
    if args.action == "remove":
        show(args, {"email": run_as_system(remove_by_command, args.email), "done": args.action})
        return 0
    show(args, asdict(run_as_system(enlist, args.email, args.name, args.role, args.supplier)))
    return 0

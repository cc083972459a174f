"""`user`: somebody who can sign in at once; and on a bad day find, disable, enable, reset."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.cli.account import ACTIONS, add_account_actions, execute_account
from energo_cabinet.cli.secret import secret_of
from energo_cabinet.door import run_as_system
from energo_cabinet.services.sign_in.user_entry import add_user
from energo_cabinet.services.staff.account_command import list_accounts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="add an active user")
    add.add_argument("--email", required=True, help="address to sign in with")
    add.add_argument("--password", required=True, help="password; - reads one line from standard input")
    add.add_argument("--name", required=True, help="full name")
    add_json(add)
    found = actions.add_parser("list", help="find accounts; without --find those that something is the matter with")
    found.add_argument("--find", default="", metavar="WORDS", help="beginning of the e-mail, name or contract number")
    add_json(found)
    add_account_actions(actions)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action in ACTIONS:
        return execute_account(args)
    if args.action == "list":
        for line in run_as_system(list_accounts, args.find):
            show(args, asdict(line))
        return 0
    show(args, asdict(run_as_system(add_user, args.email, secret_of(args.password), args.name)))
    return 0

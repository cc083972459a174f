"""`user add`: somebody who can sign in at once."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.cli.secret import secret_of
from energo_cabinet.door import run_as_system
from energo_cabinet.services.sign_in.user_entry import add_user


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add = parser.add_subparsers(dest="action", required=True).add_parser("add", help="add an active user")
    add.add_argument("--email", required=True, help="address to sign in with")
    add.add_argument("--password", required=True, help="password; - reads one line from standard input")
    add.add_argument("--name", required=True, help="full name")
    add_json(add)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    show(args, asdict(run_as_system(add_user, args.email, secret_of(args.password), args.name)))
    return 0

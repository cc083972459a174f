"""`contract add`: a contract with its login, password and metering points."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.cli.secret import secret_of
from energo_cabinet.door import run_as_system
from energo_cabinet.services.supplier.supplier import add_contract


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add = parser.add_subparsers(dest="action", required=True).add_parser("add", help="add a contract")
    add.add_argument("--supplier", required=True, metavar="CODE", help="code of the supplier")
    add.add_argument("--number", required=True, help="number of the contract")
    add.add_argument("--login", required=True, help="login with which a customer links the contract")
    add.add_argument("--password", required=True, help="its password; - reads one line from standard input")
    add.add_argument("--points", nargs="+", default=[], metavar="CODE", help="numbers of its metering points")
    add.add_argument("--customer", default="", help="name of the customer")
    add_json(add)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    password = secret_of(args.password)
    entry = run_as_system(
        add_contract, args.supplier, args.number, args.login, password, args.points, name=args.customer
    )
    show(args, asdict(entry))
    return 0

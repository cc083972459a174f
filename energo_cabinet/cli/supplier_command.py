"""`supplier add`: a supplier whose data this installation keeps; `supplier payee`: where it is paid."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.supplier import add_supplier, set_payee
from energo_cabinet.settings import get_settings

PAYEE_HELP = {
    "name": "payee's name, if it is not the supplier's",
    "inn": "ИНН, 10 or 12 digits",
    "kpp": "КПП, 9 digits",
    "account": "account, 20 digits",
    "bank": "name of the bank",
    "bic": "БИК of the bank, 9 digits",
    "corr_account": "correspondent account of the bank, 20 digits",
}
OPTIONAL = frozenset({"name", "inn", "kpp"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="add a supplier")
    add.add_argument("--code", required=True, help="short code; imports and contracts refer to it")
    add.add_argument("--name", required=True, help="name shown to customers")
    add.add_argument("--zone", default="", help="IANA time zone of its days (default: ENERGO_DEFAULT_ZONE)")
    add_json(add)
    payee = actions.add_parser("payee", help="say where its customers pay to; printed into the payment QR")
    payee.add_argument("--code", required=True, help="code of the supplier")
    for name, words in PAYEE_HELP.items():
        payee.add_argument(f"--{name.replace('_', '-')}", required=name not in OPTIONAL, default="", help=words)
    add_json(payee)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action == "payee":
        given = {name: getattr(args, name) for name in PAYEE_HELP}
        show(args, asdict(run_as_system(set_payee, args.code, given)))
        return 0
    zone = args.zone or get_settings().default_zone
    show(args, asdict(run_as_system(add_supplier, args.code, args.name, zone)))
    return 0

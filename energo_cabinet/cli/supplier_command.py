"""`supplier add`: a supplier; `payee`: where it is paid; `connect`: it keeps its data itself.

`end-sessions`: on a bad day.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.cli.secret import secret_of
from energo_cabinet.door import run_as_system
from energo_cabinet.services.staff.incident import end_all_by_command
from energo_cabinet.services.supplier.connection import ask_name, connect_supplier
from energo_cabinet.services.supplier.supplier import add_supplier, set_payee
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
    connect = actions.add_parser("connect", help="reach it over the supplier protocol (docs/supplier-protocol.md)")
    connect.add_argument("--code", required=True, help="code of the supplier")
    connect.add_argument("--url", required=True, help="base address of its protocol, https://…/v1")
    connect.add_argument("--token", required=True, help="the token it has issued; - reads standard input")
    connect.add_argument("--unasked", action="store_true", help="keep both without asking the supplier first")
    add_json(connect)
    end = actions.add_parser("end-sessions", help="sign out everybody who reads its contracts or works for it")
    end.add_argument("--code", required=True, help="code of the supplier")
    end.add_argument("--confirm", required=True, metavar="CODE", help="the same code once more")
    add_json(end)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action == "payee":
        given = {name: getattr(args, name) for name in PAYEE_HELP}
        show(args, asdict(run_as_system(set_payee, args.code, given)))
        return 0
    if args.action == "connect":
        return _connect(args)
    if args.action == "end-sessions":
        return _end_sessions(args)
    zone = args.zone or get_settings().default_zone
    show(args, asdict(run_as_system(add_supplier, args.code, args.name, zone)))
    return 0


def _connect(args: argparse.Namespace) -> int:
    token = secret_of(args.token)
    answers = {} if args.unasked else {"answers": ask_name(args.url, token)}
    show(args, asdict(run_as_system(connect_supplier, args.code, args.url, token)) | answers)
    return 0


def _end_sessions(args: argparse.Namespace) -> int:
    if args.confirm != args.code:
        print("--confirm must repeat --code: nothing was done", file=sys.stderr)
        return 2
    show(args, asdict(run_as_system(end_all_by_command, args.code)))
    return 0

"""`bill import` books files of charges and payments; `bill pay` books one payment."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from energo_cabinet.cli import add_json, show
from energo_cabinet.cli.imports.import_command import sentence
from energo_cabinet.door import run_as_system
from energo_cabinet.errors import CabinetError, ImportRefused
from energo_cabinet.services.bill.posting import Posted, post_payment, read_and_post

LARGEST_FILE = 64 * 2**20
EPILOG = """
charges:  contract;month;title;amount and any of number;issued;due;quantity;unit;price - a row for a line of a bill;
rows of one contract and month make one bill; without an amount it is quantity times price
payments: contract;paid;document;amount - document: the number by which a payment is booked once
months as 2026-10, days as 2026-10-15 or 15.10.2026, rubles with a point or a comma; delimiter ; , | or tab;
UTF-8 or windows-1251. A bill that was booked cannot be changed: corrections are a line of a later bill.
exit code: 0 booked, 1 refused (nothing of that file is booked), 2 wrong usage.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    files = actions.add_parser("import", help="book files of charges or payments", epilog=EPILOG)
    files.formatter_class = argparse.RawDescriptionHelpFormatter
    files.add_argument("files", nargs="+", type=Path, metavar="FILE", help="csv; its header says what it holds")
    pay = actions.add_parser("pay", help="book a payment")
    pay.add_argument("--contract", required=True, metavar="NUMBER", help="number of the contract")
    pay.add_argument("--amount", required=True, type=_rubles, help="rubles, e.g. 913.47")
    pay.add_argument("--paid", required=True, type=date.fromisoformat, help="day of the payment, YYYY-MM-DD")
    pay.add_argument("--document", required=True, help="its number: the same is booked once")
    for parsed in (files, pay):
        parsed.add_argument("--supplier", required=True, metavar="CODE", help="code of the supplier")
        add_json(parsed)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action == "pay":
        given = (args.supplier, args.contract, args.paid, args.amount, args.document)
        return _report(args, "", lambda: run_as_system(post_payment, *given))
    results = [_report(args, str(path), lambda path=path: _book(args.supplier, path)) for path in args.files]
    return max(results)


def _book(supplier: str, path: Path) -> Posted:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CabinetError("import_refused", "file")
        data = path.read_bytes()
    except OSError as error:
        raise CabinetError("file_unreadable", "file", reason=error.strerror or "") from error
    return run_as_system(read_and_post, supplier, data)


def _report(args: argparse.Namespace, file: str, book: object) -> int:
    try:
        posted = book()  # type: ignore[operator]
    except ImportRefused as refused:
        for notice in refused.notices:
            print(f"{file}{': ' if file else ''}{sentence(notice)}", file=sys.stderr)
        return 1
    show(args, ({"file": file} if file else {}) | asdict(posted))
    return 0


def _rubles(text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text} is no amount") from None
    if not found.is_finite() or found <= 0 or found != found.quantize(Decimal("0.01")):
        raise argparse.ArgumentTypeError(f"{text} is no amount in rubles and kopecks")
    return found

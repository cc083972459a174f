"""`notify`: a supplier's notification to one person, or to everybody who has its contract in the cabinet."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.notice.sending import SENDABLE, send_notification


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--email", default="", help="the person; without: everybody whom --supplier concerns")
    parser.add_argument("--supplier", default="", help="code of the supplier it comes from")
    parser.add_argument("--contract", default="", help="number of the supplier's contract it is about")
    parser.add_argument("--kind", required=True, choices=[kind.value for kind in SENDABLE], help="what it is")
    parser.add_argument("--subject", required=True, help="its subject, one line")
    parser.add_argument("--text", default="", help="its text")
    add_json(parser)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if not args.supplier and (args.contract or not args.email):
        raise CabinetError("notify_whom")
    sent = run_as_system(
        send_notification, args.kind, args.subject, args.text, args.email, args.supplier, args.contract
    )
    show(args, asdict(sent))
    return 0

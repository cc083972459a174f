"""`import-token`: what a supplier's machines send files with (POST /api/v1/drop)."""

from __future__ import annotations

import argparse

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.imports.token import add_token, revoke_tokens, tokens_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="issue a token; it is shown once")
    add.add_argument("--supplier", required=True, metavar="CODE")
    add.add_argument("--name", required=True, help="what will use it")
    shown = actions.add_parser("list", help="tokens that hold good")
    shown.add_argument("--supplier", required=True, metavar="CODE")
    revoke = actions.add_parser("revoke", help="let a token open nothing from now on")
    revoke.add_argument("id", type=int, help="its number in the list")
    for parser_ in (add, shown, revoke):
        add_json(parser_)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action == "add":
        made = run_as_system(add_token, args.supplier, args.name)
        show(args, {"id": made.id, "name": made.name, "token": made.token})
    elif args.action == "list":
        for row in run_as_system(tokens_of, args.supplier):
            used = row.last_used_at.isoformat(timespec="seconds") if row.last_used_at else None
            issued = row.created_at.isoformat(timespec="seconds")
            show(args, {"id": row.id, "name": row.name, "ending": row.ending, "issued": issued, "last_used": used})
    else:
        show(args, {"revoked": run_as_system(revoke_tokens, args.id)})
    return 0

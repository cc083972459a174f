"""`ticket`: the supplier's side of обращения: list, take, answer, close."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.ticket.command import answer_ticket, close_ticket, desk_tickets, take_ticket

STATUSES = ("new", "in_work", "awaiting", "closed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    listed = actions.add_parser("list", help="tickets, those to be answered first on top")
    listed.add_argument("--supplier", default="", help="code of the supplier; without: of all")
    listed.add_argument("--status", default="", choices=("", *STATUSES), help="only these")
    take = actions.add_parser("take", help="begin with a ticket")
    answer = actions.add_parser("answer", help="answer a ticket; its author is notified")
    answer.add_argument("--text", required=True, help="the answer")
    answer.add_argument("--signature", default="", help="who signs for the supplier")
    then = answer.add_mutually_exclusive_group()
    then.add_argument("--ask", action="store_true", help="the customer has to reply")
    then.add_argument("--close", action="store_true", help="the matter is settled")
    close = actions.add_parser("close", help="close a ticket without another word")
    for action in (take, answer, close):
        action.add_argument("id", type=int, help="id of the ticket, as listed")
    for action in (listed, take, answer, close):
        add_json(action)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action == "list":
        return _list(args)
    if args.action == "answer":
        found = run_as_system(answer_ticket, args.id, args.text, args.signature, args.ask, args.close)
    else:
        found = run_as_system(take_ticket if args.action == "take" else close_ticket, args.id)
    show(args, asdict(found))
    return 0


def _list(args: argparse.Namespace) -> int:
    tickets = [asdict(ticket) for ticket in run_as_system(desk_tickets, args.supplier, args.status)]
    if args.json:
        print(json.dumps(tickets, ensure_ascii=False, default=str))
        return 0
    for found in tickets:
        due = f"  answer by {found['answer_due_on']}" if found["answer_due_on"] else ""
        print(f"{found['id']}  {found['contract']} №{found['number']}  {found['status']}  {found['theme']}{due}")
    return 0

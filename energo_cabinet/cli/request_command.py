"""`request list|accept|refuse`: the supplier's decision about contracts that people named by number."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.contract.link_decision import accept_request, refuse_request, waiting_requests


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the three actions."""
    actions = parser.add_subparsers(dest="action", required=True)
    waiting = actions.add_parser("list", help="what waits for a decision, oldest first")
    waiting.add_argument("--supplier", default="", metavar="CODE", help="of one supplier only")
    accept = actions.add_parser("accept", help="link the contract")
    accept.add_argument("id", type=int, help="number of the request")
    accept.add_argument("--number", default="", help="number of the contract, when the person wrote another")
    refuse = actions.add_parser("refuse", help="refuse with a reason that the person reads")
    refuse.add_argument("id", type=int, help="number of the request")
    refuse.add_argument("--reason", required=True, help="a sentence for the person")
    for action in (waiting, accept, refuse):
        add_json(action)


def execute(args: argparse.Namespace) -> int:
    """Run one of them."""
    if args.action == "list":
        _print(args)
    elif args.action == "accept":
        run_as_system(accept_request, args.id, args.number)
        show(args, {"request": args.id, "decision": "accepted"})
    else:
        run_as_system(refuse_request, args.id, args.reason)
        show(args, {"request": args.id, "decision": "refused"})
    return 0


def _print(args: argparse.Namespace) -> None:
    found = run_as_system(waiting_requests, args.supplier)
    if args.json:
        print(json.dumps([asdict(request) for request in found], ensure_ascii=False))
        return
    for r in found:
        known = "contract exists" if r.has_contract else "no such contract"
        print(f"{r.id}\t{r.supplier}\t{r.contract_number} ({known})\t{r.customer_name}\t{r.address}\t{r.email}")

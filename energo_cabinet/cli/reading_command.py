"""`reading`: what the supplier's people decide about readings that customers have sent (F-5)."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.reading.decision import count_readings, decide_reading, waiting_readings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="doubtful readings that wait for a decision")
    listing.add_argument("--supplier", default="", help="code of the supplier; without: of all")
    accept = actions.add_parser("accept", help="accept a reading")
    reject = actions.add_parser("reject", help="reject a reading")
    for one in (accept, reject):
        one.add_argument("number", help="receipt number, e.g. 261121-00017")
    reject.add_argument("--reason", required=True, help="why, as the customer reads it")
    count = actions.add_parser("count", help="mark accepted readings as counted in the charges")
    count.add_argument("--supplier", required=True, help="code of the supplier")
    count.add_argument("--until", required=True, type=datetime.fromisoformat, help="readings before this day")
    for one in (listing, accept, reject, count):
        add_json(one)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    if args.action == "list":
        for waiting in run_as_system(waiting_readings, args.supplier):
            print(json.dumps(asdict(waiting), ensure_ascii=False, default=str))
    elif args.action == "count":
        until = args.until if args.until.tzinfo else args.until.replace(tzinfo=UTC)
        show(args, {"counted": run_as_system(count_readings, args.supplier, until)})
    else:
        run_as_system(decide_reading, args.number, args.action == "accept", getattr(args, "reason", ""))
        show(args, {"number": args.number, "status": f"{args.action}ed"})
    return 0

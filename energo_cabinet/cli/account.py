"""What `user` and `staff` have in common: disable, enable and reset an account by its address."""

from __future__ import annotations

import argparse
from typing import Any

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.staff.account_command import (
    disable_by_command,
    enable_by_command,
    end_sessions_by_command,
    reset_factor_by_command,
    unlock_by_command,
)

ACTIONS = ("disable", "enable", "reset")


def add_account_actions(actions: Any) -> None:
    """Arguments of the three."""
    disable = actions.add_parser("disable", help="let an account sign in no more; its sessions end at once")
    disable.add_argument("--reason", required=True, help="why; the person reads it")
    enable = actions.add_parser("enable", help="let it sign in again")
    reset = actions.add_parser("reset", help="a lost second factor, sessions, failed sign-ins")
    what = reset.add_mutually_exclusive_group(required=True)
    what.add_argument("--factor", action="store_true", help="the second factor goes after ENERGO_FACTOR_RESET_HOURS")
    what.add_argument("--factor-now", action="store_true", help="the second factor goes now")
    what.add_argument("--sessions", action="store_true", help="sign out everywhere, phones too")
    what.add_argument("--tries", action="store_true", help="forget failed sign-ins")
    for parser in (disable, enable, reset):
        parser.add_argument("--email", required=True, help="address of the account")
        add_json(parser)


def execute_account(args: argparse.Namespace) -> int:
    """Run one of ACTIONS."""
    show(args, {"email": _run(args), "done": args.action})
    return 0


def _run(args: argparse.Namespace) -> str:
    if args.action == "disable":
        return run_as_system(disable_by_command, args.email, args.reason)
    if args.action == "enable":
        return run_as_system(enable_by_command, args.email)
    if args.sessions:
        return run_as_system(end_sessions_by_command, args.email)
    if args.tries:
        return run_as_system(unlock_by_command, args.email)
    return run_as_system(reset_factor_by_command, args.email, args.factor_now)

"""`audit verify`: whether the audit journal is what was written."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.staff.audit import verify_journal
from energo_cabinet.services.staff.audit_head import heads_file, noted_heads


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    verify = parser.add_subparsers(dest="action", required=True).add_parser("verify", help="walk the whole chain")
    verify.add_argument("--expect", default="", metavar="SHA256", help="the newest digest as it was noted elsewhere")
    verify.add_argument("--heads", type=Path, metavar="FILE", help="a copy of audit-heads.jsonl kept elsewhere")
    add_json(verify)


def execute(args: argparse.Namespace) -> int:
    """0: the chain holds; 1: it is broken, or does not end where it should."""
    noted = noted_heads(args.heads or heads_file())
    found = run_as_system(verify_journal, noted)
    is_expected = not args.expect or args.expect == found.sha256
    show(args, {**asdict(found), "holds": not found.broken_at and is_expected})
    return 0 if not found.broken_at and is_expected else 1

"""`reseal`: move what is sealed to the newest key; run it after a new key was put in front of ENERGO_SEAL_KEYS."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.services.staff.reseal import reseal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add_json(parser)


def execute(args: argparse.Namespace) -> int:
    """0: everything can be read; 1: something is sealed with a key that is not there."""
    done = run_as_system(reseal)
    show(args, asdict(done))
    return 1 if done.unreadable else 0

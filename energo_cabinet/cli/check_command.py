"""`check`: what is wrong with the settings of this installation, as far as it shows; for the hour after a set-up."""

from __future__ import annotations

import argparse

from energo_cabinet.cli import add_json, show
from energo_cabinet.i18n import text
from energo_cabinet.proxies import proxy_seen
from energo_cabinet.settings import get_settings
from energo_cabinet.startup import unsafe_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add_json(parser)


def execute(args: argparse.Namespace) -> int:
    """0: nothing found; 1: sentences, one a line."""
    settings = get_settings()
    found = unsafe_settings(settings)
    if seen := proxy_seen(settings):
        found.append(text("startup.proxy_unknown", "en", seen=seen))
    show(args, {"ok": not found, **{f"warning {n}": words for n, words in enumerate(found, 1)}})
    return 1 if found else 0

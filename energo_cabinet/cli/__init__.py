"""The command line: `python -m energo_cabinet COMMAND`. One module a command, listed in COMMANDS."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text

COMMANDS: Mapping[str, str] = {
    "migrate": "bring the database to the current schema",
    "demo": "migrate, load demo data, build what has changed, serve on loopback",
    "watch": "serve the demo, anew whenever a source is saved",
    "run": "serve what the settings say",
    "build": "build the front end if something that goes into it has changed",
    "supplier": "add a supplier, or end all sessions at one",
    "brand": "change a supplier's face at the front door",
    "demo-supplier": "serve an invented supplier that speaks the supplier protocol",
    "contract": "add a contract",
    "search": "rebuild the words by which staff find contracts",
    "user": "add, find, disable and enable users, reset what lets them in",
    "staff": "add, list and remove staff, disable and enable them, reset what lets them in",
    "audit": "check that nobody has touched the audit journal",
    "check": "say what is wrong with the settings of this installation",
    "reseal": "move what is sealed at rest to the newest key",
    "request": "decide about contracts that people named by number",
    "notify": "send a notification to a person or to a supplier's customers",
    "ticket": "list, take, answer and close tickets of customers",
    "bill": "book bills and payments of a supplier",
    "reading": "list, accept, reject and count readings sent by customers",
    "import": "read files of measured values (80020, 80020*, csv, xlsx, xls, zip)",
    "import-token": "issue, list and revoke tokens with which machines send files",
}
"""Command → one-line help; its module is `<command>_command`, here or in its room, with `add_arguments`, `execute`."""

ROOMS = {
    "build": "serving",
    "demo": "serving",
    "demo-supplier": "serving",
    "import": "imports",
    "import-token": "imports",
    "migrate": "serving",
    "run": "serving",
    "watch": "serving",
}
"""Command → the room of its module; the others stand here."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused (reason on stderr), 2 wrong usage."""
    given = list(sys.argv[1:] if argv is None else argv)
    chosen = given[0] if given else ""
    parser = argparse.ArgumentParser(prog="python -m energo_cabinet")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary)
        if name == chosen:  # the others need not be imported
            module = import_module(_module_of(name))
            module.add_arguments(sub)
            sub.set_defaults(execute=module.execute)
    args = parser.parse_args(given)
    try:
        return int(args.execute(args) or 0)
    except CabinetError as error:
        print(text(f"error.{error.code}", "en", **error.params), file=sys.stderr)
        return 1


def _module_of(command: str) -> str:
    room = f".{ROOMS[command]}" if command in ROOMS else ""
    return f"{__name__}{room}.{command.replace('-', '_')}_command"


def add_json(parser: argparse.ArgumentParser) -> None:
    """The common --json flag."""
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


def show(args: argparse.Namespace, result: dict[str, object]) -> None:
    """Print a result as JSON or as `key: value` lines."""
    if args.json:
        print(json.dumps(result, ensure_ascii=False, default=str))
    else:
        print("\n".join(f"{key}: {value}" for key, value in result.items()))

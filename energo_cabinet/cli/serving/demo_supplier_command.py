"""`demo-supplier`: a small supplier that speaks the protocol, on loopback, with faults on demand."""

from __future__ import annotations

import argparse
import secrets
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from energo_cabinet.demo.supplier_server import invented
from energo_cabinet.demo.supplier_server.app import make_app
from energo_cabinet.demo.supplier_server.book import Book
from energo_cabinet.demo.supplier_server.faults import KINDS
from energo_cabinet.errors import CabinetError
from energo_cabinet.settings import get_settings

PORT = 3050


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--port", type=int, default=PORT, help=f"port on 127.0.0.1 (default: {PORT})")
    parser.add_argument("--data-dir", type=Path, help="where it keeps its books (default: supplier in ENERGO_DATA_DIR)")
    parser.add_argument(
        "--faults",
        default="",
        metavar="[PATH=]KIND,…",
        help=f"begin with faults: {', '.join(KINDS)}; PATH: a part of it",
    )


def execute(args: argparse.Namespace) -> int:
    """Run it until it is stopped."""
    folder = args.data_dir or get_settings().data_dir / "supplier"
    book = Book(folder / "supplier.db")
    invented.fill(book, datetime.now(UTC))
    app = make_app(book, token_in(folder))
    for entry in filter(None, args.faults.split(",")):
        path, _, kind = entry.rpartition("=")
        if kind not in KINDS:
            raise CabinetError("unknown_fault", "faults", fault=kind, known=", ".join(KINDS))
        app.set(kind, path)
    print(f"Supplier «{invented.NAME}»: http://127.0.0.1:{args.port}/v1, token in {folder / 'token'}", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=args.port, http="h11", ws="none", lifespan="off", log_level="warning")
    return 0


def token_in(folder: Path) -> str:
    """The token the supplier has issued; made at the first start, readable by its owner only."""
    path = folder / "token"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"demo_{secrets.token_urlsafe(32)}")  # one that begins with "-" reads as an option
    return path.read_text().strip()

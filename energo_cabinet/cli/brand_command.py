"""`brand`: a supplier's face at the front door, `/s/CODE`."""

from __future__ import annotations

import argparse
from pathlib import Path

from energo_cabinet.cli import add_json, show
from energo_cabinet.door import run_as_system
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.supplier.brand import Brand, set_brand


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command; what is not given stays, an empty text removes it."""
    parser.add_argument("--supplier", required=True, metavar="CODE", help="code of the supplier")
    parser.add_argument("--colour", metavar="#RRGGBB", help="colour of its buttons; white text must be readable on it")
    parser.add_argument("--welcome", help="sentence on its entry page")
    for name in ("email", "phone", "website", "address"):
        parser.add_argument(f"--{name}", help=f"{name} of its customer service")
    parser.add_argument("--region", action="append", metavar="TITLE", help="region and service; replaces all, in order")
    parser.add_argument("--logo", type=Path, help="PNG or JPEG file of at most 1 MB")
    add_json(parser)


def execute(args: argparse.Namespace) -> int:
    """Run it."""
    brand = Brand(
        colour=args.colour,
        welcome_text=args.welcome,
        email=args.email,
        phone=args.phone,
        website=args.website,
        address=args.address,
        regions=args.region,
        logo=_read(args.logo) if args.logo else None,
    )
    run_as_system(set_brand, args.supplier, brand)
    show(args, {"supplier": args.supplier, "brand": "changed"})
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CabinetError("logo_invalid", "logo") from error

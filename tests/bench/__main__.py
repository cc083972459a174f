"""`python -m tests.bench`: every bench_*.py beside this file; exit code 1 when a bound is broken."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.bench.row import Row


def main() -> int:
    """Run all benches, or those whose names are given, and print their rows."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    wanted = sys.argv[1:] or names
    print(f"{'':4} {'ratio':>8} {'bound':>8}  what")
    broken = 0
    for name in names:
        if name in wanted or name.removeprefix("bench_") in wanted:
            for row in import_module(f"tests.bench.{name}").rows():
                _print(row)
                broken += not row.is_ok
    return 1 if broken else 0


def _print(row: Row) -> None:
    bound = f"≤ {row.most:g}" if row.most is not None else f"≥ {row.least:g}" if row.least is not None else ""
    mark = "ok" if row.is_ok else "OVER"
    figures = f"  ({row.figures})" if row.figures else ""
    print(f"{mark:4} {row.ratio:8.2f} {bound:>8}  {row.name}{figures}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

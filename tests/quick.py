"""What `make quick` runs: architecture, what is pure, and the tests of the rooms touched: `python -m tests.quick`.

Touched is what git sees between origin's main line and the files as they lie, committed or not. A module
`<layer>/<room>/…` has its tests in the folders `tests/*/<room>`, one beside the rooms in modules named like it; a test
is its own. SQLite only and without a browser: seconds are the point, `make test` is for the rest.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALWAYS = ("tests/architecture", "tests/domain", "tests/formats")
SLOW = {"e2e", "quiet", "bench"}
NEVER = "not postgres and not redis and not e2e"


def touched() -> set[str]:
    """Paths that differ from origin's main line, and those git does not know yet."""
    base = _git("merge-base", "HEAD", "origin/HEAD") or ["HEAD"]
    return {*_git("diff", "--name-only", base[0]), *_git("ls-files", "--others", "--exclude-standard")}


def chosen(paths: Iterable[str], root: Path = ROOT) -> list[str]:
    """Folders and modules of tests to run for changed paths, none inside another."""
    found = {path for changed in paths for path in _tests_of(Path(changed), root)} | {root / one for one in ALWAYS}
    outer = [path for path in found if not found & set(path.parents)]
    return sorted(str(path.relative_to(root)) for path in outer)


def _tests_of(changed: Path, root: Path) -> set[Path]:
    top, *inner = changed.parts
    if top == "tests":
        is_test = changed.name.startswith("test_") and (root / changed).exists()
        return _quick([root / changed]) if is_test else set()
    if top == "alembic":
        return {root / "tests/test_migrations.py"}
    if top != "energo_cabinet":
        return set()
    if len(inner) > 2:
        return _quick(root.glob(f"tests/*/{inner[1]}"))
    return _named(changed.name.partition(".")[0], root)


def _named(name: str, root: Path) -> set[Path]:
    """Modules named like it, or like the beginning of its name: `ticket_desk` has none, then `ticket`."""
    while not (found := _quick(root.glob(f"tests/**/test_{name}*.py"))) and "_" in name:
        name = name.rpartition("_")[0]
    return found


def _quick(found: Iterable[Path]) -> set[Path]:
    return {path for path in found if not SLOW & set(path.parts)}


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", "-c", "core.quotepath=off", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def main() -> int:
    """Say what is run, and run it."""
    tests = chosen(touched())
    print("→", *tests, flush=True)
    call = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-m", NEVER, *tests]
    return subprocess.run(call, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())

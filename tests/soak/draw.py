"""How much a test draws and from which seed: little in an ordinary run, the plan's number in `make soak`.

Every run draws anew, says its seed in the header and draws the same again when given it: `ENERGO_SEED=… make test`.
Hypothesis takes the seed too (and prints the blob of a failure). What a test measured it gives to `figure`; the figures
of all tests stand in a table at the end of a soak. xdist's workers inherit seed and size by the environment.
"""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Callable

import pytest

from tests.soak.numbers import NUMBERS

SEED, SOAK = "ENERGO_SEED", "ENERGO_SOAK"
_SEED = int(os.environ.setdefault(SEED, str(secrets.randbelow(2**32))))
_IS_SOAK = os.environ.get(SOAK) == "1"
"""Read once: a test's own installation has other settings, and takes these away."""
Figure = Callable[[str], None]


def is_soak() -> bool:
    """Whether this is the long run."""
    return _IS_SOAK


def number(name: str) -> int:
    """How many of these to draw (tests/soak/numbers.py)."""
    return NUMBERS[name].soak if is_soak() else NUMBERS[name].ci


def seed() -> int:
    """The seed of this run, chosen once when nobody gave one."""
    return _SEED


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Random choices of a test, the same for the same seed, whatever runs before it."""
    return random.Random(f"{seed()} {request.node.nodeid}")


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Keep a sentence of what was measured."""
    return lambda words: record_property("figure", words)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before hypothesis reads its option."""
    config.addinivalue_line("markers", "soak: draws the plan's number in `make soak` (tests/soak/numbers.py)")
    if config.getoption("hypothesis_seed", None) is None:
        config.option.hypothesis_seed = str(seed())


def pytest_report_header() -> str:
    """The seed, to be given back."""
    return f"{SEED}={seed()}{' (soak)' if is_soak() else ''}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured; in an ordinary run nobody asked."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    rows = [(value, report.nodeid) for report in reports for name, value in report.user_properties if name == "figure"]
    if not is_soak() or not rows:
        return
    terminalreporter.section(f"figures, {SEED}={seed()}")
    for words, nodeid in dict.fromkeys(rows):
        terminalreporter.line(f"{nodeid.removeprefix('tests/').removesuffix('.py')}: {words}")

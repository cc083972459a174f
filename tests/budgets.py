"""Where a run's time goes: each folder's share, and with `--budgets` a failure for a folder over its own.

A budget is a share of what all tests of the same run took, not seconds: a slow or busy machine slows all folders alike,
and a folder that doubles stands out on any machine. Each has at least half as much again as it was measured to take,
for what a shared machine does to a single folder; who needs more changes the line below and says why. Only a whole run
is judged. pytest's own `--durations` names the slowest tests; no plugin found adds them up by folder
over xdist's workers.
"""

from __future__ import annotations

from collections import Counter

import pytest

BUDGETS = {
    "api": 0.35,
    "e2e": 0.80,
    "jobs": 0.35,
    "services": 0.40,
}
"""Folder → the most it may take of the whole."""
OTHERS = 0.20
"""Of folders without a line of their own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--budgets`: judge the folders, for whole runs."""
    parser.addoption("--budgets", action="store_true", help="fail when a folder takes more than its share of the run")


def pytest_configure(config: pytest.Config) -> None:
    """Add up where all reports come together: not in xdist's workers."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Shares(is_judge=config.getoption("budgets")), "shares")


class Shares:
    """Seconds of set-up, call and teardown by folder."""

    def __init__(self, is_judge: bool) -> None:
        self._is_judge = is_judge
        self.seconds: Counter[str] = Counter()
        self.cases: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a case is over."""
        folder = folder_of(report.nodeid)
        self.seconds[folder] += report.duration
        self.cases[folder] += report.when == "call"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A green run over a budget is red."""
        if self.over() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table, the folders over their budgets last."""
        if len(self.seconds) < 2:
            return
        terminalreporter.section("share of each folder")
        for folder, seconds in self.seconds.most_common():
            share = f"{self.share(folder):5.1%} (at most {BUDGETS.get(folder, OTHERS):.0%})"
            terminalreporter.line(f"{share}  {seconds:7.1f} s  {self.cases[folder]:5}  {folder}")
        for folder in self.over():
            terminalreporter.line(f"over its budget: {folder} (see tests/budgets.py)", red=True, bold=True)

    def share(self, folder: str) -> float:
        """What a folder has taken of the whole."""
        return self.seconds[folder] / (self.seconds.total() or 1)

    def over(self) -> list[str]:
        """Folders that took too much; none unless asked to judge."""
        found = [folder for folder in self.seconds if self.share(folder) > BUDGETS.get(folder, OTHERS)]
        return sorted(found) if self._is_judge else []


def folder_of(nodeid: str) -> str:
    """`services` of tests/services/test_x.py::test_y; modules beside the folders are the folder "."."""
    parts = nodeid.partition("::")[0].split("/")
    return parts[1] if len(parts) > 2 else "."

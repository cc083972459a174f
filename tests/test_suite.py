"""The suite's own tools: which tests `make quick` chooses, and when a folder is over its budget."""

from types import SimpleNamespace

import pytest

from tests.budgets import BUDGETS, OTHERS, Shares, folder_of
from tests.quick import ALWAYS, chosen

TREE = (
    "tests/services/ticket/test_form.py",
    "tests/state/ticket/test_thread.py",
    "tests/e2e/ticket/test_pages.py",
    "tests/services/test_ticket.py",
    "tests/services/test_ticket_draft.py",
    "tests/auth/test_passwords.py",
    "tests/quiet/test_ticket_flood.py",
)


@pytest.fixture
def tree(tmp_path):
    for name in TREE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("energo_cabinet/services/ticket/form.py", {"tests/services/ticket", "tests/state/ticket"}),
        ("energo_cabinet/i18n/ticket/letter.ru.toml", {"tests/services/ticket", "tests/state/ticket"}),
        (
            "energo_cabinet/services/ticket_desk.py",
            {"tests/services/test_ticket.py", "tests/services/test_ticket_draft.py"},
        ),
        ("energo_cabinet/auth/passwords.py", {"tests/auth/test_passwords.py"}),
        ("tests/services/test_ticket.py", {"tests/services/test_ticket.py"}),
        ("tests/e2e/ticket/test_pages.py", set()),
        ("tests/cast.py", set()),
        ("alembic/versions/0001_first.py", {"tests/test_migrations.py"}),
        ("README.md", set()),
    ],
)
def test_touched_paths_lead_to_their_rooms(tree, changed, tests):
    assert set(chosen([changed], tree)) == tests | set(ALWAYS)


def test_nothing_is_run_twice(tree):
    found = chosen(["tests/services/ticket/test_form.py", "energo_cabinet/services/ticket/form.py"], tree)
    assert [path for path in found if "services" in path] == ["tests/services/ticket"]


def shares(**seconds):
    made = Shares(is_judge=True)
    for folder, duration in seconds.items():
        made.pytest_runtest_logreport(
            SimpleNamespace(nodeid=f"tests/{folder}/test_x.py::test_y", duration=duration, when="call")
        )
    return made


def test_a_folder_over_its_share_fails_the_run_and_is_named():
    within = shares(services=BUDGETS["services"] - 0.01, e2e=0.5, domain=0.1, socket=0.1)
    assert within.over() == []
    beyond = shares(services=BUDGETS["services"] + 0.05, e2e=0.4, domain=OTHERS + 0.05, socket=0.0)
    assert beyond.over() == ["domain", "services"]
    session = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    beyond.pytest_sessionfinish(session)
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED


def test_folders_are_those_of_the_tree():
    assert folder_of("tests/services/ticket/test_x.py::test_y[a/b]") == "services"
    assert folder_of("tests/test_i18n.py::test_y") == "."

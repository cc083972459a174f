"""`python -m energo_cabinet bill …` and `supplier payee` as a supplier's script uses them."""

from __future__ import annotations

import pytest

from energo_cabinet.cli import main
from tests.cli.imports.test_import_command import database, file, run  # noqa: F401  (fixtures)

CHARGES = "contract;month;title;amount\n7-1;2026-01;Электроэнергия;100\n"


@pytest.fixture
def billing(run):  # noqa: F811
    """A supplier E with the contract 7-1."""
    run("contract", "add", "--supplier", "E", "--number", "7-1", "--login", "l", "--password", "дом у реки 7")
    return run


def test_import_and_pay(billing, file):  # noqa: F811
    path = file("bills.csv", CHARGES.encode("windows-1251"))
    (booked,) = billing("bill", "import", path, "--supplier", "E", "--json")
    assert (booked["bills"], booked["unchanged"]) == (1, 0)
    given = ("--supplier", "E", "--contract", "7-1", "--amount", "10,50", "--paid", "2026-02-03", "--document", "П-1")
    for expected in (1, 0):
        (paid,) = billing("bill", "pay", *given, "--json")
        assert paid["payments"] == expected


def test_a_refusal_names_file_line_and_reason(billing, file, capsys):  # noqa: F811
    path = file("bills.csv", (CHARGES + "8-8;2026-01;Э;1\n").encode())
    assert main(["bill", "import", str(path), "--supplier", "E"]) == 1
    assert "bills.csv: line 3: the supplier has no contract 8-8" in capsys.readouterr().err


def test_no_amount(billing):
    given = ("--supplier", "E", "--contract", "7-1", "--paid", "2026-02-03", "--document", "П-1")
    for wrong in ("0", "-1", "1.001", "NaN", "сто"):
        billing("bill", "pay", *given, f"--amount={wrong}", expect=2)


def test_payee(billing, capsys):
    given = ("--code", "E", "--bank", "АО «Банк»", "--bic", "044525225", "--corr-account", "30101810400000000225")
    billing("supplier", "payee", *given, "--account", "40702810938000012345", "--inn", "7707083893")
    assert main(["supplier", "payee", *given, "--account", "40702810138000012345"]) == 1
    assert "Check the bank details: account" in capsys.readouterr().err

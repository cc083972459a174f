"""Control keys of accounts and of an ИНН: one wrong digit is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.bill.bank_details import wrong_details

GOOD = {
    "bic": "044525225",
    "account": "40702810938000012345",
    "corr_account": "30101810400000000225",
    "inn": "7707083893",
    "kpp": "770701001",
}


def test_good_details():
    assert wrong_details(GOOD) == []
    assert wrong_details(GOOD | {"inn": "500100732259"}) == []


@pytest.mark.parametrize("name", ["inn", "kpp"])
def test_what_may_be_left_out(name):
    assert wrong_details(GOOD | {name: ""}) == []


@given(st.sampled_from(["account", "corr_account"]), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_an_account_is_found(name, place, shift):
    digits = list(GOOD[name])
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert wrong_details(GOOD | {name: "".join(digits)}) == [name]


@pytest.mark.parametrize("inn", ["7707083894", "500100732258", "500100732269"])
def test_a_wrong_inn_is_found(inn):
    assert wrong_details(GOOD | {"inn": inn}) == ["inn"]


@pytest.mark.parametrize("value", ["", "12", "04452522５", "044525225 "])
def test_lengths_and_plain_digits(value):
    assert wrong_details(GOOD | {"bic": value}) == ["bic"]

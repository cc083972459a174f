"""Names and numbers that mean the same (Э-24)."""

import pytest

from energo_cabinet.domain.contract.customer_name import is_same_customer, number_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Соколова Анна Викторовна", "соколова  анна викторовна "),
        ("Семёнов Пётр", "Семенов Петр"),
        ("Анна Соколова", "Соколова, Анна"),
        ("ООО «Мастерская света»", 'ООО "Мастерская света"'),
    ],
)
def test_same_customer(one, other):
    assert is_same_customer(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Соколова Анна Викторовна", "Соколова А. В."),
        ("Соколова Анна", "Соколова Анна В"),
        ("", ""),
        ("—", "…"),
    ],
)
def test_other_customer(one, other):
    assert not is_same_customer(one, other)


def test_number_without_its_signs():
    assert number_key(" 7638-294 061 ") == number_key("7638294061") == "7638294061"
    assert number_key("1204-Ю") == "1204ю"

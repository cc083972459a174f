"""Password hashes and rules (SECURITY 2.1, ASVS 6.2, 11.4.2; test plan 9)."""

import re

import pytest
from passlib.hash import argon2

from energo_cabinet.auth.common_passwords import common_passwords
from energo_cabinet.auth.password_rules import password_problem
from energo_cabinet.auth.passwords import hash_password, needs_rehash, verify_password

GOOD = "Синий трактор 7"


def test_stored_hash_is_argon2id_with_the_settled_parameters():
    assert re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", hash_password(GOOD))


def test_password_is_verified_as_typed():
    stored = hash_password(GOOD)
    assert verify_password(GOOD, stored)
    for other in (GOOD.lower(), GOOD + " ", " " + GOOD, GOOD[:-1]):
        assert not verify_password(other, stored)


def test_nothing_is_cut_off_a_long_password():
    long = "я" * 255 + "1"
    stored = hash_password(long)
    assert verify_password(long, stored)
    assert not verify_password(long[:-1] + "2", stored)


def test_empty_stored_hash_fits_no_password():
    assert not verify_password("", "")
    assert not verify_password("nobody has this password", "")


def test_weaker_hash_is_to_be_replaced():
    assert needs_rehash(argon2.using(type="ID", memory_cost=8192, time_cost=1, parallelism=1).hash(GOOD))
    assert not needs_rehash(hash_password(GOOD))


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "required"),
        ("семь сем"[:7], "password_too_short"),
        ("а б в г д"[:8], ""),
        ("лес и река " * 24, "password_too_long"),
        ("лес и река и поле, " * 13, ""),
        (GOOD, ""),
        ("correct horse battery", ""),
        ("with\x00control", "invalid_characters"),
        (12345678, "wrong_type"),
        (None, "wrong_type"),
        (["a"], "wrong_type"),
    ],
)
def test_length_counts_and_composition_does_not(password, problem):
    assert password_problem(password) == problem


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "Password1",
        "QWERTY123",
        "12345678",
        "87654321",
        "qwertyui",
        "йцукенгш",
        "пароль123",
        "11.02.1990",
        "20240131",
        "aaaaaaaa",
        "abababab",
        "abcabcabc",
        "1qaz2wsx",
        "zaq12wsx",
        "iloveyou",
        "Summer2026!",
        "наташа1987",
    ],
)
def test_common_password_is_refused(password):
    assert password_problem(password) == "password_common"


def test_list_has_at_least_3000_entries_of_allowed_length():
    assert sum(8 <= len(word) <= 256 for word in common_passwords()) >= 3000


@pytest.mark.parametrize("password", ["Соколова1", "sokolova@mail.example", "sokolova2026", "анна викторовна"])
def test_own_name_or_address_is_refused(password):
    problem = password_problem(password, "Соколова Анна Викторовна", "sokolova@mail.example")
    assert problem == "password_personal"


def test_operators_own_list_is_refused_too(surroundings):
    surroundings.data_dir.mkdir()
    path = surroundings.data_dir / "breached.txt"
    path.write_text("синий трактор 7\n")
    surroundings.set(password_list=path)
    assert password_problem(GOOD) == "password_common"


def test_supplier_may_raise_the_minimum_never_lower_it(surroundings):
    surroundings.set(password_min_length=16)
    assert password_problem(GOOD) == "password_too_short"
    surroundings.set(password_min_length=6)
    with pytest.raises(SystemExit):
        password_problem(GOOD)

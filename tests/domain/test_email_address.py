"""Addresses stay the mailbox they name, and those that pretend to be others are known (R-37; attacks: «Smaller»)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.email_address import mixes_scripts, normal_address


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Anna@Example.ORG ", "anna@example.org"),
        ("straße@example.org", "straße@example.org"),
        ("STRASSE@example.org", "strasse@example.org"),
        ("ﬁ@example.org", "ﬁ@example.org"),
        ("İ@example.org", "İ@example.org"),
        ("Вера@Почта.РФ", "вера@почта.рф"),
        ("vera@xn--80a1acny.xn--p1ai", "vera@почта.рф"),
    ],
)
def test_letters_become_small_and_never_others(typed, stored):
    assert normal_address(typed) == stored


@pytest.mark.parametrize("typed", ["", "anna", "a@b@c.org", "x\n@example.org", "a" * 250 + "@example.org", None, 7])
def test_what_is_no_address_is_none(typed):
    assert normal_address(typed) is None


@given(st.text(max_size=20), st.sampled_from(["example.org", "Почта.рф", "xn--80a1acny.xn--p1ai"]))
def test_the_stored_form_is_stored_as_itself(local, domain):
    stored = normal_address(f"{local}@{domain}")
    assert stored is None or normal_address(stored) == stored


@pytest.mark.parametrize(
    "address", ["vеra@example.org", "vera@еxample.org", "аоре@example.org", "ivan.пetrov@почта.рф"]
)
def test_an_address_of_two_alphabets_is_told(address):
    assert mixes_scripts(address)


@pytest.mark.parametrize(
    "address", ["vera.2@example.org", "info@почта.рф", "вера@почта.рф", "вера@mail.почта.рф", "7@8.org"]
)
def test_an_ordinary_one_is_not(address):
    assert not mixes_scripts(address)

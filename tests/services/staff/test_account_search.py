"""Finding an account on a bad day: an administrator finds their own people, and nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import StaffRoleName, User
from energo_cabinet.services.staff.account_search import find_accounts
from tests import cast as make

ANNA, BORIS = "anna@example.org", "boris@example.org"


@pytest.fixture
def root(session, cast):
    return make.staff(session, "root@example.org", "Корнев Роман", None, StaffRoleName.SYSTEM_ADMIN)


def emails(session, who, query=""):
    return [line.email for line in find_accounts(session, who, query)]


@pytest.mark.parametrize("query", ["anna@", "ANNA@EXAMPLE.ORG", "соколова", "Соколова Анна", "7638-294-061"])
def test_by_email_name_or_contract_number(session, cast, query):
    assert emails(session, cast.grigory, query) == [ANNA]


def test_a_member_is_found_by_the_name_at_work_alone(session, cast):
    member = make.staff(session, "op@example.org", "Операторова", cast.supplier, StaffRoleName.OPERATOR)
    session.get(User, member.user).full_name = "Частная Жизнь"
    session.flush()
    assert emails(session, cast.grigory, "операторова") == ["op@example.org"]
    assert "Частная" not in repr(find_accounts(session, cast.grigory, "op@example.org"))
    assert emails(session, cast.grigory, "Частная") == []


@pytest.mark.parametrize("query", ["boris@", "Чужой", "root@", "darya@", "7638-294-061", "", "%@%", "___"])
def test_another_supplier_s_administrator_finds_nobody_of_hers(session, cast, root, query):
    assert not set(emails(session, cast.darya, query)) - {"darya@example.org"}


@pytest.mark.parametrize("query", [ANNA, BORIS, "grigory@example.org", "darya@example.org"])
def test_an_administrator_of_the_installation_finds_everybody(session, cast, root, query):
    assert emails(session, root, query) == [query]


def test_an_unlinked_reader_is_found_no_more(session, cast):
    cast.link.unlinked_at = make.NOW
    session.flush()
    assert emails(session, cast.grigory, "anna@") == []


def test_without_words_those_that_something_is_the_matter_with(session, cast, root):
    assert emails(session, root) == []
    session.get(User, cast.anna.user).failed_sign_ins = 100
    session.flush()
    assert [line.is_guessed for line in find_accounts(session, cast.grigory, "a")] == [True]
    assert emails(session, cast.darya) == []


@pytest.mark.parametrize("query", [None, 7, ["x"], {"x": 1}])
def test_what_is_no_text_asks_for_nothing(session, cast, query):
    assert emails(session, cast.grigory, query) == []


@pytest.mark.parametrize("role", [StaffRoleName.OPERATOR, StaffRoleName.ENGINEER])
def test_who_is_no_administrator_finds_nobody(session, cast, role):
    member = make.staff(session, "op@example.org", "Оператор", cast.supplier, role)
    with pytest.raises(PermissionDenied):
        find_accounts(session, member, "anna")
    with pytest.raises(PermissionDenied):
        find_accounts(session, replace(cast.anna), "anna")

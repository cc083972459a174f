"""A disabled account: nothing opens it, and whoever knows its password reads in words whom to write to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from energo_cabinet.auth import one_time_code
from energo_cabinet.errors import AccountDisabled, CabinetError, WrongSecret
from energo_cabinet.i18n import text
from energo_cabinet.models import CodePurpose, User
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.hold import contact, hold
from energo_cabinet.services.sign_in.second_step import finish_sign_in
from tests import cast as make
from tests.cast import NOW
from tests.services.person.scene import letters
from tests.services.sign_in.scene import PASSWORD, later, step, visitor

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def supplier(session):
    made = make.supplier(session)
    made.phone, made.email = "+7 495 000-00-00", "help@example.org"
    session.flush()
    return made


@pytest.fixture
def held(session, anna, supplier, system):
    hold(session, system, session.get(User, anna.user), supplier.id, "Громов", "Ноутбук украден")
    session.expire_all()
    return anna


def tried(session, password=PASSWORD):
    return account.sign_in(session, visitor(), "anna@example.org", password, False)


def test_the_right_password_is_answered_with_whom_to_write_to(session, held):
    with pytest.raises(AccountDisabled) as refused:
        tried(session)
    words = text(f"error.{refused.value.code}", "ru", **refused.value.params)
    assert "NeKta" in words and "help@example.org" in words and "+7 495 000-00-00" in words


def test_a_wrong_password_tells_nothing(session, held):
    with pytest.raises(WrongSecret, match="wrong_credentials"):
        tried(session, "другой пароль 1")


def test_a_step_that_waits_for_its_code_opens_no_more(session, anna, totp, supplier, system):
    token = step(session)
    hold(session, system, session.get(User, anna.user), None, "x", "y")
    session.expire_all()
    with pytest.raises(CabinetError, match="second_step_expired"):
        finish_sign_in(session, visitor(later()), token, totp.at(later()))


def test_a_reset_letter_says_why_there_is_no_link(session, held):
    account.request_reset(session, visitor(), "anna@example.org")
    assert letters(session) == ["Учётная запись отключена: Энерго Кабинет"] * 2


def test_a_reset_link_from_before_opens_nothing(session, anna, supplier, system):
    user = session.get(User, anna.user)
    key = one_time_code.issue(session, CodePurpose.RESET, user, NOW, timedelta(hours=1))
    hold(session, system, user, supplier.id, "x", "y")
    session.expire_all()
    with pytest.raises(CabinetError):
        account.reset_password(session, visitor(), key, "Новый трактор 8", "Новый трактор 8")
    with pytest.raises(AccountDisabled):
        tried(session)


def test_the_contact_is_the_supplier_s_or_the_installation_s(session, supplier, anonymous, surroundings):
    surroundings.set(support_email="root@example.org")
    assert "help@example.org" in contact(session, anonymous, "NEKTA").words
    for code in ("NONE", "", None, 7):
        assert contact(session, anonymous, code).words.endswith(": root@example.org")
    supplier.phone = supplier.email = ""
    session.flush()
    assert contact(session, anonymous, "NEKTA").words == "NeKta: root@example.org"

"""Becoming staff needs the person's own word (RC-1 1e)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import find_session
from energo_cabinet.errors import NotFound
from energo_cabinet.models import AuditEntry
from energo_cabinet.services.staff.invitation import answer_invitation, my_invitation
from energo_cabinet.services.staff.member import add_member
from tests.cast import NOW
from tests.services.staff.scene import signed_in
from tests.services.staff.test_member import role_of


@pytest.fixture
def asked(session, cast):
    add_member(session, cast.grigory, "boris@example.org", "Борисов", "engineer")
    return cast.boris


def test_who_accepts_is_staff_and_signs_in_anew(session, cast, asked):
    token = signed_in(session, asked)
    found = my_invitation(session, asked)
    assert (found.supplier, found.role) == (cast.supplier.name, "engineer")
    answer_invitation(session, asked, True)
    assert role_of(session, asked).role == "engineer" and my_invitation(session, asked) is None
    assert find_session(session, token, NOW) is None
    entry = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor) == ("staff.answer_invitation", "Борисов")


def test_who_declines_stays_a_customer_and_may_be_asked_again(session, cast, asked):
    token = signed_in(session, asked)
    answer_invitation(session, asked, False)
    assert role_of(session, asked) is None and find_session(session, token, NOW) is not None
    assert my_invitation(session, asked) is None
    with pytest.raises(NotFound):
        answer_invitation(session, asked, True)
    add_member(session, cast.grigory, "boris@example.org", "Борисов", "operator")
    assert my_invitation(session, asked).role == "operator"


def test_nobody_answers_for_another(session, cast, asked):
    with pytest.raises(NotFound):
        answer_invitation(session, cast.anna, True)
    assert role_of(session, asked) is None

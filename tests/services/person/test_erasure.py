"""An account erased after its term: nothing of the person is left (F-22, R-36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import SQLModel, select

from energo_cabinet.errors import Conflict
from energo_cabinet.models import ContractLink, DataExport, Erasure, LoginSession, User, UserStatus
from energo_cabinet.services.person.erasure import ask_erasure, cancel_erasure, erase_due, erasure_term, pending_erasure
from energo_cabinet.services.person.export import remove_old_exports
from tests.cast import NOW
from tests.services.person.scene import CANARY, PASSWORD, exported, letters

pytestmark = pytest.mark.usefixtures("surroundings")


def everything(session):
    session.flush()
    return {t.name: str(session.execute(t.select()).all()) for t in SQLModel.metadata.sorted_tables}


def test_erasure_waits_for_its_term_and_can_be_cancelled(session, anna, system):
    ask_erasure(session, anna, PASSWORD)
    assert pending_erasure(session, anna).due_at == NOW + timedelta(days=30)
    assert erase_due(session, replace(system, at=NOW + timedelta(days=29))) == 0
    with pytest.raises(Conflict):
        ask_erasure(session, anna, PASSWORD)
    cancel_erasure(session, anna)
    assert pending_erasure(session, anna) is None
    assert erase_due(session, replace(system, at=NOW + timedelta(days=31))) == 0
    assert [subject.partition(":")[0] for subject in letters(session)] == [
        "Учетная запись будет удалена",
        "Удаление отменено",
    ]


def test_the_term_is_the_laws_and_says_so(session, anna):
    term = erasure_term(session, anna)
    assert term.days == 30 and "152-ФЗ" in term.source


def test_erasure_leaves_nothing_of_the_person(session, anna, cast, system):
    exported(session, anna, system)
    ask_erasure(session, anna, PASSWORD)
    assert erase_due(session, replace(system, at=NOW + timedelta(days=30))) == 1
    session.expire_all()
    left = everything(session)
    words = (CANARY, "anna@example.org", "+79120001842", "192.0.2.1")
    assert {name: word for name, text in left.items() for word in words if word in text} == {}
    assert "чужое" in left["notification"] and "boris@example.org" in left["user_account"]


def test_an_erased_account_is_closed_and_the_act_names_nobody(session, anna, system):
    ask_erasure(session, anna, PASSWORD)
    erase_due(session, replace(system, at=NOW + timedelta(days=30)))
    session.expire_all()
    user = session.get(User, anna.user)
    assert (user.status, user.password_hash) == (UserStatus.DISABLED, "")
    assert session.exec(select(LoginSession).where(LoginSession.user_id == anna.user)).all() == []
    assert all(link.unlinked_at for link in session.exec(select(ContractLink)))
    act = session.exec(select(Erasure)).one()
    assert act.done_at and act.erased["notification"] == 1


def test_erasing_takes_the_files_of_exports_too(session, anna, system):
    exported(session, anna, system)
    ask_erasure(session, anna, PASSWORD)
    erase_due(session, replace(system, at=NOW + timedelta(days=30)))
    session.expire_all()
    assert session.exec(select(DataExport)).all() == []
    assert remove_old_exports(session, system) == 1

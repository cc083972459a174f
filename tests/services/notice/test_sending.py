"""Notifications come into being and obey what their reader chose (Н-54, Н-55, Н-128, Н-133…Н-135)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import Notification, NotificationKind, User
from energo_cabinet.services.notice.choice import choose
from energo_cabinet.services.notice.notification import list_notifications, unread
from energo_cabinet.services.notice.sending import Message, Sent, tell
from tests import cast as make
from tests.services.notice.scene import letters, send, told_live


def test_to_a_person_with_one_contract_about_that_contract(session, cast, system):
    """Н-133: by e-mail address, whatever its case; shown, live, and copied to the reader's address."""
    assert send(session, system, email="Anna@Example.org", text="Оплатите до 1.12") == Sent(1, 1, 1)
    (item,) = list_notifications(session, cast.anna).items
    assert (item.title, item.supplier_name) == ("Уведомление о задолженности", "NeKta")
    assert told_live(session) == [cast.anna.user]
    (letter,) = letters(session)
    assert (letter.to_email, letter.subject) == ("anna@example.org", "Уведомление о задолженности")
    assert "Оплатите до 1.12" in letter.text and "/notifications" in letter.text


def test_with_several_contracts_it_concerns_the_one_named_or_none(session, cast, system):
    house = make.contract(session, cast.supplier, "40-11825")
    linked = make.link(session, cast.anna, house, "Дача")
    send(session, system, email="anna@example.org")
    assert unread(session, cast.anna).by_link == {}
    send(session, system, email="anna@example.org", supplier="NEKTA", contract="40-11825")
    assert unread(session, cast.anna).by_link == {linked.id: 1}


def test_planned_works_reach_everybody_with_a_contract_of_the_supplier_once(session, cast, system):
    """Н-134, Н-135."""
    make.link(session, cast.anna, make.contract(session, cast.supplier, "2"), "Дача")
    vera = make.person(session, "vera@example.org", "Вера")
    make.link(session, vera, cast.contract)
    assert send(session, system, "planned_works", "Плановые работы", supplier="NEKTA").notifications == 2
    assert sorted(told_live(session)) == [cast.anna.user, vera.user]
    assert unread(session, cast.boris).total == 0


@pytest.mark.parametrize(
    ("whom", "code"),
    [
        ({"email": "nobody@example.org"}, "unknown_user"),
        ({"supplier": "NEKTA", "contract": "no such"}, "nobody_to_notify"),
        ({"supplier": "nobody"}, "nobody_to_notify"),
        ({"email": "boris@example.org", "supplier": "NEKTA"}, "nobody_to_notify"),
    ],
)
def test_nobody_to_tell_is_said(session, cast, system, whom, code):
    with pytest.raises(CabinetError) as refused:
        send(session, system, **whom)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "verification_due"},
        {"kind": "x"},
        {"title": " "},
        {"title": "две\nстроки"},
        {"title": "д" * 201},
        {"text": "т" * 2001},
        {"text": "\u202eтут"},
    ],
)
def test_foul_words_and_foreign_kinds_are_refused(session, cast, system, wrong):
    with pytest.raises(InvalidInput):
        send(session, system, email="anna@example.org", **wrong)
    assert session.exec(select(Notification)).all() == []


def test_an_occasion_is_told_to_each_reader_once(session, cast, system):
    """Also to one who came later, and also when it was not wanted in the cabinet the first time."""
    users = [session.get(User, who.user) for who in (cast.anna, cast.boris)]
    facts = {"serial": "1", "date": "15.01.2027", "point": "Ввод"}
    message = Message(NotificationKind.VERIFICATION_DUE, facts=facts, once="verification 1")
    choose(session, cast.anna, "meters", False, True)
    assert tell(session, system, users[:1], message) == Sent(1, 0, 1)
    assert tell(session, system, users, message) == Sent(1, 1, 0)
    assert tell(session, system, users, message) == Sent(0, 0, 0)
    assert "15.01.2027" in letters(session)[0].subject

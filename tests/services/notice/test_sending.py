"""Notifications come into being and obey what their reader chose (Н-54, Н-55, Н-128, Н-133…Н-135)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import LiveEvent, Notification, NotificationKind, OutboxLetter, User
from energo_cabinet.services.notice.choice import choose, my_choices
from energo_cabinet.services.notice.notification import list_notifications, unread
from energo_cabinet.services.notice.sending import Message, Sent, send_notification, tell
from tests import cast as make


def send(session, system, kind="debt", title="Уведомление о задолженности", text="", **whom):
    return send_notification(session, system, kind, title, text, **whom)


def letters(session):
    return session.exec(select(OutboxLetter).order_by(OutboxLetter.id)).all()


def told_live(session):
    return [event.user_id for event in session.exec(select(LiveEvent))]


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


@pytest.mark.parametrize(("in_cabinet", "by_email"), [(True, True), (True, False), (False, True), (False, False)])
def test_both_toggles_are_obeyed_each_for_itself(session, cast, system, in_cabinet, by_email):
    """Н-54."""
    choose(session, cast.anna, "supplier", in_cabinet, by_email)
    assert send(session, system, email="anna@example.org") == Sent(1, int(in_cabinet), int(by_email))
    assert len(list_notifications(session, cast.anna).items) == len(told_live(session)) == in_cabinet
    assert len(letters(session)) == by_email


def test_the_toggle_of_one_source_leaves_the_other(session, cast, system):
    """Н-55; by default both are shown and the supplier's are copied by e-mail."""
    before = {(c.source.value, c.in_cabinet, c.by_email) for c in my_choices(session, cast.anna)}
    assert before == {("supplier", True, True), ("meters", True, False)}
    choose(session, cast.anna, "meters", False, False)
    assert send(session, system, email="anna@example.org").shown == 1
    assert choose(session, cast.anna, "meters", True, True) in my_choices(session, cast.anna)


@pytest.mark.parametrize(
    "wrong", [("x", True, True), ("supplier", 1, True), ("supplier", True, "no"), (None, True, True)]
)
def test_a_choice_is_what_it_says(session, cast, wrong):
    with pytest.raises(InvalidInput):
        choose(session, cast.anna, *wrong)


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

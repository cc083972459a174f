"""The staff's pages of broadcasts without a browser: form, count, review, confirmation, progress, damaged arguments."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from energo_cabinet.models import Broadcast
from energo_cabinet.services.broadcast.broadcast import save_broadcast, send_broadcast
from energo_cabinet.services.broadcast.delivery import deliver_batch, start_due
from energo_cabinet.state.broadcast.staff_broadcast import StaffNoticeState, refresh_broadcast
from energo_cabinet.state.broadcast.staff_broadcasts import StaffNoticesState, refresh_broadcasts
from energo_cabinet.state.broadcast.staff_form import StaffNoticeFormState
from energo_cabinet.state.notice.notifications import NotificationsState
from tests import cast as make
from tests.services.broadcast.scene import NEWS, WORKS, deliver, people
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")
LATER = {"time": "later", "when": "2090-01-01T10:00"}


def opened(session: Session, who, path: str, kind: type) -> Tab:
    tab = signed_in(session, who)
    tab.look_at(path)
    tab.run(kind, "load")
    return tab


@pytest.fixture
def draft(session, cast) -> int:
    return save_broadcast(session, cast.grigory, NEWS)


def page(session, cast, key) -> Tab:
    return opened(session, cast.grigory, f"/staff/notices/{key}", StaffNoticeState)


def scheduled(session, cast, tab, **when):
    tab.run(StaffNoticeState, "ask_send", LATER | when)
    return tab.run(StaffNoticeState, "confirm")


def test_form_counts_as_the_selection_changes(session, cast):
    people(session, cast.supplier, 2, address="г. Северогорск, ул. Лесная, 18")
    tab = opened(session, cast.grigory, "/staff/notices/new", StaffNoticeFormState)
    state = tab.state(StaffNoticeFormState)
    assert (state.status, state.reach.people, state.zone) == ("ready", "3 человека", "Москва")
    assert [option["value"] for option in state.localities] == ["г. Северогорск"]
    assert tab.run(StaffNoticeFormState, "choose", "locality", "г. Северогорск").reach.people == "2 человека"
    assert tab.run(StaffNoticeFormState, "choose", "debt_from", "много").errors["debt_from"]
    state = tab.run(StaffNoticeFormState, "choose", "debt_from", "1")
    assert (state.reach.count, state.errors["debt_from"]) == (0, "")
    for damaged in (("evil", "x"), ("feeder", 7), (None, None), ("debt_from", {"a": 1})):
        assert tab.run(StaffNoticeFormState, "choose", *damaged).reach.count == 0


def test_form_saves_a_draft_and_opens_it_again(session, cast):
    tab = opened(session, cast.grigory, "/staff/notices/new", StaffNoticeFormState)
    assert tab.run(StaffNoticeFormState, "submit", NEWS | {"text": "{evil}"}).errors["text"]
    assert session.exec(select(Broadcast)).all() == []
    tab.run(StaffNoticeFormState, "submit", WORKS | {"feeder": "Ф-1"})
    row = session.exec(select(Broadcast)).one()
    again = opened(session, cast.grigory, f"/staff/notices/new?draft={row.id}", StaffNoticeFormState)
    state = again.state(StaffNoticeFormState)
    assert (state.values["works_start"], state.values["feeder"]) == ("2026-11-26T10:00", "Ф-1")
    again.run(StaffNoticeFormState, "submit", NEWS | {"title": "Иначе"})
    session.expire_all()
    assert session.exec(select(Broadcast.title)).all() == ["Иначе"]


@pytest.mark.parametrize("given", [None, 7, [], {"title": {"a": 1}}, {"kind": "evil"}])
def test_damaged_form_saves_nothing(session, cast, given):
    tab = opened(session, cast.grigory, "/staff/notices/new", StaffNoticeFormState)
    assert tab.run(StaffNoticeFormState, "submit", given).errors["kind"]
    assert session.exec(select(Broadcast)).all() == []


def test_review_names_the_people_before_it_leaves(session, cast, system, draft):
    """Preview, confirmation with the number, then progress by pushes."""
    people(session, cast.supplier, 4)
    tab = page(session, cast, draft)
    state = tab.state(StaffNoticeState)
    assert (state.view.status, state.view.whom, state.view.reach.people) == ("ЧЕРНОВИК", "Все абоненты", "5 человек")
    assert (state.preview.number, state.preview.title) == ("7638-294-061", "Новый график")
    state = tab.run(StaffNoticeState, "ask_send", {"time": "now"})
    assert (state.dialog, "Его получат 5 человек" in state.asked) == ("send", True)
    state = tab.run(StaffNoticeState, "confirm")
    assert (state.dialog, state.notice, state.view.state) == ("", "Отправка началась", "scheduled")
    now = make.Subject("system", make.datetime.now(make.UTC) + timedelta(seconds=2))
    start_due(session, now), deliver_batch(session, now, 2), session.commit()
    asyncio.run(refresh_broadcast(tab.root))
    assert (state.view.status, state.view.told_of, state.view.percent) == ("ОТПРАВЛЯЕТСЯ", "2 из 5", 40)
    tab.run(StaffNoticeState, "ask", "cancel")
    assert tab.run(StaffNoticeState, "confirm").notice == "Отменено. Получили: 2, не получат: 3."
    assert (state.view.status, state.view.spared) == ("ОТМЕНЕНО", "Не получат: 3")


def test_scheduled_is_told_and_cancelled_before_anybody_has_it(session, cast, draft):
    tab = page(session, cast, draft)
    assert tab.run(StaffNoticeState, "ask_send", {"time": "later", "when": ""}).errors["when"]
    assert scheduled(session, cast, tab).errors["when"].startswith("Выберите время в будущем")
    soon = f"{make.datetime.now(make.UTC) + timedelta(days=30):%Y-%m-%dT10:00}"
    state = scheduled(session, cast, tab, when=soon)
    assert (state.view.state, state.notice[:16]) == ("scheduled", "Запланировано на")
    tab.run(StaffNoticeState, "ask", "cancel")
    assert tab.run(StaffNoticeState, "confirm").notice == "Отменено: никто ничего не получил."


def test_unfinished_draft_says_what_it_lacks(session, cast):
    key = save_broadcast(session, cast.grigory, {"kind": "planned_works", "title": "Работы"})
    view = page(session, cast, key).state(StaffNoticeState).view
    assert view.lacks == "Сначала дополните: «Текст», «Начало», «Окончание», «Адрес работ»."


def test_preview_in_both_languages(session, cast):
    key = save_broadcast(session, cast.grigory, WORKS | {"title_en": "Power cut", "text_en": "No power"})
    tab = page(session, cast, key)
    assert tab.state(StaffNoticeState).preview.period == "26.11.2026, 10:00–14:00"
    assert tab.run(StaffNoticeState, "show_language", "en").preview.letter_subject == "Power cut"
    assert tab.run(StaffNoticeState, "show_language", {"evil": 1}).preview.title == "Новый график"


def test_copy_and_discard(session, cast, draft):
    tab = page(session, cast, draft)
    tab.run(StaffNoticeState, "copy")
    assert tab.run(StaffNoticeState, "ask", "discard").asked == "Вернуть его будет нельзя."
    tab.run(StaffNoticeState, "confirm")
    assert session.exec(select(Broadcast.id)).all() == [draft + 1]
    asyncio.run(refresh_broadcast(tab.root))
    assert tab.state(StaffNoticeState).status == "missing"


@pytest.mark.parametrize("address", [None, "999999", "abc", "-1", "9" * 30, "1/../2"])
def test_another_suppliers_staff_and_impossible_ids_find_nothing(session, cast, draft, address):
    tab = opened(session, cast.darya, f"/staff/notices/{address or draft}", StaffNoticeState)
    assert tab.state(StaffNoticeState).status == "missing"
    for handler, given in (("ask_send", [{"time": "now"}]), ("copy", []), ("confirm", []), ("show_language", ["en"])):
        tab.run(StaffNoticeState, handler, *given)
        tab.state(StaffNoticeState).dialog = "discard"
    assert session.exec(select(Broadcast.status)).all() == ["draft"]
    form = opened(session, cast.darya, f"/staff/notices/new?draft={address or draft}", StaffNoticeFormState)
    assert form.state(StaffNoticeFormState).status == "missing"


def test_history_is_filtered_and_kept_up_to_date(session, cast, draft):
    tab = opened(session, cast.grigory, "/staff/notices?show=draft", StaffNoticesState)
    (row,) = tab.state(StaffNoticesState).rows
    assert (row.title, row.status, row.told, row.author) == ("Новый график", "ЧЕРНОВИК", "—", "Громов Григорий")
    send_broadcast(session, cast.grigory, draft)
    session.commit()
    asyncio.run(refresh_broadcasts(tab.root))
    assert tab.state(StaffNoticesState).status == "empty"
    assert opened(session, cast.grigory, "/staff/notices?show=evil", StaffNoticesState).state(StaffNoticesState).rows
    assert opened(session, cast.darya, "/staff/notices", StaffNoticesState).state(StaffNoticesState).rows == []


def test_customer_reads_when_and_where_and_that_it_is_over(session, cast, system):
    send_broadcast(session, cast.grigory, save_broadcast(session, cast.grigory, WORKS))
    deliver(session, system)
    (row,) = opened(session, cast.anna, "/notifications", NotificationsState).state(NotificationsState).rows
    assert (row.period, row.works_address) == ("26.11.2026, 10:00–14:00", "ул. Лесная, 18")

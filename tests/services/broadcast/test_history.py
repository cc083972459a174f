"""Broadcasts that were: by pages and status, and as their reader sees them (Н-3, Н-135)."""

from __future__ import annotations

from sqlmodel import select

from energo_cabinet.models import AuditEntry
from energo_cabinet.services.broadcast.broadcast import save_broadcast, send_broadcast
from energo_cabinet.services.broadcast.history import broadcast_preview, list_broadcasts
from tests.services.broadcast.scene import WORKS, drafted


def test_history_by_pages_and_status(session, cast):
    keys = [drafted(session, cast, title=f"№ {number}") for number in range(5)]
    send_broadcast(session, cast.grigory, keys[0], "2026-11-21T12:30")
    first = list_broadcasts(session, cast.grigory, limit=3)
    rest = list_broadcasts(session, cast.grigory, before_broadcast_id=first.next, limit=3)
    assert [card.title for card in (*first.items, *rest.items)] == ["№ 4", "№ 3", "№ 2", "№ 1", "№ 0"]
    assert rest.next is None
    (scheduled,) = list_broadcasts(session, cast.grigory, "scheduled").items
    assert f"{scheduled.send_at:%H:%M %z}" == "12:30 +0300"
    assert list_broadcasts(session, cast.darya).items == ()


def test_preview_is_a_real_readers_and_the_journal_says_whose(session, cast):
    key = save_broadcast(session, cast.grigory, WORKS)
    seen = broadcast_preview(session, cast.grigory, key)
    assert (seen.number, seen.text) == ("7638-294-061", "Здравствуйте, Соколова А. В.! Счёт 7638-294-061.")
    assert (f"{seen.works[0]:%H:%M}", seen.letter_subject) == ("10:00", "Новый график")
    assert "Когда: 26.11.2026, 10:00–14:00" in seen.letter_text
    entry = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.contract_id) == ("broadcast.preview", cast.contract.id)


def test_preview_without_any_reader_still_shows_the_words(session, cast):
    seen = broadcast_preview(session, cast.grigory, drafted(session, cast, address_part="Марс"))
    assert (seen.number, seen.text) == ("", "Здравствуйте, {name}! Счёт {number}.")

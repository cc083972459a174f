"""Section 1: the audit journal holds what staff read and change; nobody alters it unseen."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from energo_cabinet import services
from energo_cabinet.auth.access import AUDITED, SERVICES
from energo_cabinet.auth.audit import Actor, append_entry
from energo_cabinet.auth.former_actions import FORMER
from energo_cabinet.auth.supplier_access import visible_supplier_contract
from energo_cabinet.errors import InvalidInput
from energo_cabinet.i18n import catalogue
from energo_cabinet.models import AuditEntry, AuditHead
from energo_cabinet.services.staff.audit import audit_entries, seal_head, verify_journal
from energo_cabinet.services.staff.member import add_member, list_members
from energo_cabinet.services.supplier.settings import save_window
from energo_cabinet.state.staff.audit import action_words
from tests.cast import NOW
from tests.walk import import_all

WINDOW = {"reading_first_day": "20", "reading_last_day": "25", "reading_source": "Договор, п. 4"}


def entries(session):
    return session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()


def forge(session, engine, statement):
    """What somebody with the database's own rights could do: first take the triggers away."""
    session.commit()
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
            connection.execute(text("ALTER TABLE audit_head DISABLE TRIGGER ALL"))
        for one in [statement] if isinstance(statement, str) else statement:
            connection.execute(text(one))
    session.expire_all()


def test_a_change_says_who_what_when_and_from_where(session, cast):
    save_window(session, cast.grigory, WINDOW)
    row = entries(session)[-1]
    assert (row.actor, row.role, row.action) == ("Громов Григорий", "supplier_admin", "supplier.save_reading_window")
    assert row.at == NOW and '"before": "15–25"' in row.details


def test_a_refused_change_leaves_nothing(session, cast):
    with pytest.raises(InvalidInput):
        save_window(session, cast.grigory, WINDOW | {"reading_first_day": "32"})
    assert entries(session) == []


def test_a_service_inside_a_service_is_one_entry(session, cast):
    add_member(session, cast.grigory, "boris@example.org", "Борисов", "operator")
    assert [row.action for row in entries(session)] == ["staff.add"]


def test_whose_data_were_read_is_noted_once(session, cast):
    list_members(session, cast.grigory)
    visible_supplier_contract(session, cast.grigory, cast.contract.id)  # outside a service nothing is gathered
    list_members(session, cast.grigory)
    assert [row.contract_id for row in entries(session)] == [None, None]


COPY = (
    "SELECT {id}, at, actor_id, actor, role, supplier_id, action, whose_id, contract_id, details, ip, previous_sha256,"
    " sha256, key_id FROM audit_entry WHERE id = 1"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        f"INSERT INTO audit_entry {COPY.format(id=2)}",
        f"INSERT INTO audit_entry {COPY.format(id=0)}",
        "UPDATE audit_head SET entries = 0",
        "UPDATE audit_head SET entries = entries + 2",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head (id, entries, sha256, key_id, mac) VALUES (2, 0, '', '', '')",
    ],
)
def test_the_database_refuses_to_change_the_journal(session, cast, statement):
    list_members(session, cast.grigory)
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(statement))


def test_sqlite_replaces_no_entry(session, cast):
    """RC-7 7c: INSERT OR REPLACE passed the triggers of UPDATE and DELETE."""
    list_members(session, cast.grigory)
    if session.get_bind().dialect.name == "sqlite":
        with pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(f"INSERT OR REPLACE INTO audit_entry {COPY.format(id=1)}"))


def test_an_untouched_chain_holds(session, cast, system):
    for _ in range(3):
        list_members(session, cast.grigory)
    found = verify_journal(session, system)
    assert (found.entries, found.broken_at) == (3, 0)
    assert found.sha256 == session.exec(select(AuditHead.sha256)).one()


@pytest.mark.parametrize(("statement", "place"), [
    ("UPDATE audit_entry SET actor = 'Никто' WHERE id = 2", 2),
    ("UPDATE audit_entry SET details = '{}' WHERE id = 3", 3),
    ("DELETE FROM audit_entry WHERE id = 1", 1),
    ("DELETE FROM audit_entry WHERE id = 3", 3),
    (f"INSERT INTO audit_entry {COPY.format(id=4)}", 4),
])  # fmt: skip
def test_whatever_is_altered_removed_or_inserted_is_found(session, engine, cast, system, statement, place):
    for number in range(3):
        append_entry(session, Actor("Громов"), "x", NOW, {"number": number})
    forge(session, engine, statement)
    assert verify_journal(session, system).broken_at == place


def plain(entry):
    """The digest as it was before there was a key: whoever reads the sources can make it."""
    fields = entry.model_dump(exclude={"sha256", "key_id"})
    fields["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize("key_id", ["", "own"])
def test_who_can_write_the_database_and_read_the_sources_rewrites_nothing(session, engine, cast, system, key_id):
    """RC-7 7c: with the product's own digest() entry 2 was rewritten and the chain made to hold again."""
    for number in range(3):
        append_entry(session, Actor("Громов"), "x", NOW, {"number": number})
    rows, previous, forged = entries(session), "", []
    for row in rows:
        row.actor = "Никто" if row.id == 2 else row.actor
        row.previous_sha256, row.key_id = previous, key_id
        previous = row.sha256 = plain(row)
        forged.append(
            f"UPDATE audit_entry SET actor = '{row.actor}', previous_sha256 = '{row.previous_sha256}',"
            f" sha256 = '{row.sha256}', key_id = '{key_id}' WHERE id = {row.id}"
        )
    session.rollback()
    session.expire_all()
    for number in range(3):
        append_entry(session, Actor("Громов"), "x", NOW, {"number": number})
    forge(session, engine, [*forged, f"UPDATE audit_head SET sha256 = '{previous}'"])
    assert verify_journal(session, system).broken_at


def test_a_cut_end_is_found(session, engine, cast, system):
    """RC-7 7c: the last three were cut, and the head made to end there."""
    for number in range(6):
        append_entry(session, Actor("Громов"), "x", NOW, {"number": number})
    kept = entries(session)[2].sha256
    cut = ["DELETE FROM audit_entry WHERE id > 3", f"UPDATE audit_head SET entries = 3, sha256 = '{kept}'"]
    forge(session, engine, cut)
    assert verify_journal(session, system).broken_at == 4


def test_a_head_put_back_to_an_older_one_is_found_by_what_was_noted_outside(session, engine, cast, system):
    """Whoever kept a copy of the head at three could cut to there; the note of six stands in the file."""
    for number in range(3):
        append_entry(session, Actor("Громов"), "x", NOW, {"number": number})
    early = seal_head(session, system)
    for number in range(3):
        append_entry(session, Actor("Громов"), "x", NOW, {"number": number})
    noted = [early, seal_head(session, system)]
    assert verify_journal(session, system, noted).broken_at == 0
    back = f"UPDATE audit_head SET entries = 3, sha256 = '{early.sha256}', mac = '{early.mac}'"
    forge(session, engine, ["DELETE FROM audit_entry WHERE id > 3", back])
    assert verify_journal(session, system).broken_at == 0
    assert verify_journal(session, system, noted).broken_at == 4


def test_a_note_of_somebody_else_s_is_no_note(session, cast, system):
    append_entry(session, Actor("Громов"), "x", NOW, {})
    noted = seal_head(session, system)
    assert verify_journal(session, system, [replace(noted, mac="0" * 64)]).broken_at == 1


def test_entries_from_before_the_key_hold_and_none_follows_a_keyed_one(session, cast, system):
    first = append_entry(session, Actor("Громов"), "x", NOW, {})
    assert first.key_id == "own" and verify_journal(session, system).broken_at == 0


def test_staff_read_the_journal_of_their_own_supplier(session, cast):
    save_window(session, cast.grigory, WINDOW)
    list_members(session, cast.darya)
    assert [row.actor for row in audit_entries(session, cast.grigory).rows] == ["Громов Григорий"]
    assert [row.actor for row in audit_entries(session, cast.darya).rows] == ["Дальняя Дарья"]
    assert audit_entries(session, cast.grigory, text="никого").rows == []


def test_the_journal_is_read_page_by_page(session, cast):
    for number in range(51):
        append_entry(session, Actor("Громов", supplier_id=cast.supplier.id), "x", NOW, {"number": number})
    first = audit_entries(session, cast.grigory)
    assert (len(first.rows), first.next_before) == (50, 2)
    assert [row.entry_id for row in audit_entries(session, cast.grigory, before=2).rows] == [1]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_everything_that_is_noted_has_words(language):
    import_all(services)
    assert {name for name in AUDITED if f"audited.{name}" not in catalogue(language)} == set()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_entry_of_a_former_name_reads_as_one_of_today_and_the_chain_holds(session, cast, system, language):
    import_all(services)
    for former in FORMER:
        append_entry(session, Actor("Громов", supplier_id=cast.supplier.id), former, NOW, {})
    rows = audit_entries(session, cast.grigory).rows
    assert {row.action for row in rows} <= set(FORMER.values())
    assert [row.action for row in rows if action_words(row.action, language) == row.action] == []
    assert verify_journal(session, system).broken_at == 0


def test_former_names_are_names_of_no_other_action_of_today():
    import_all(services)
    assert FORMER.keys() & SERVICES.keys() == set()
    assert set(FORMER.values()) - AUDITED == {"quality.board", "staff.add_by_command"}


def test_a_search_by_an_action_finds_its_former_name(session, cast):
    append_entry(session, Actor("Громов", supplier_id=cast.supplier.id), "desk_writing.answer", NOW, {})
    assert [row.action for row in audit_entries(session, cast.grigory, text="ticket.ans").rows] == ["ticket.answer"]

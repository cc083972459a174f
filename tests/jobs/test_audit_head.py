"""The end of the audit journal is noted beside the database once a day, and `audit verify` reads it (RC-7 7c)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from energo_cabinet.auth.audit import Actor, append_entry
from energo_cabinet.jobs.audit_head import note_head_at
from energo_cabinet.services.staff.audit_head import heads_file, noted_heads
from tests.cast import NOW


@pytest.fixture
def journal(installation, session):
    def write(count):
        for number in range(count):
            append_entry(session, Actor("Громов"), "x", NOW, {"number": number})
        session.commit()

    return write


def test_a_line_a_day_and_none_of_an_empty_or_unchanged_journal(journal):
    note_head_at(NOW)
    assert noted_heads(heads_file()) == []
    journal(2)
    note_head_at(NOW)
    journal(1)
    note_head_at(NOW + timedelta(hours=1))
    assert [head.entries for head in noted_heads(heads_file())] in ([2], [3])
    for day in (3, 4):
        note_head_at(NOW + timedelta(days=30 * day))
    assert [head.entries for head in noted_heads(heads_file())][-1] == 3


def test_a_damaged_line_proves_nothing_and_breaks_nothing(journal):
    journal(1)
    note_head_at(NOW)
    with heads_file().open("a") as file:
        file.write('{"at": "never"}\nhello\n')
    assert len(noted_heads(heads_file())) == 1


def test_the_file_is_beside_the_database(journal, engine):
    journal(1)
    note_head_at(NOW)
    assert heads_file().name == "audit-heads.jsonl" and heads_file().exists()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT entries FROM audit_head")) == 1

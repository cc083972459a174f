"""What the law lets a person demand: consents, the export, erasure (F-22, R-35…R-37; SECURITY 2.4)."""

from __future__ import annotations

import pytest
from sqlmodel import SQLModel

from energo_cabinet.services.person.personal_data import (
    KEPT,
    NOT_EXPORTED,
    OF_CONTRACTS,
    personal_tables,
    shown_columns,
)

pytestmark = pytest.mark.usefixtures("surroundings")


def test_every_table_of_a_person_is_covered_or_left_out_with_a_reason():
    """A new table with a reference to the account comes in by itself; leaving it out needs a sentence."""
    tables = SQLModel.metadata.tables
    with_user = {t.name for t in tables.values() if "user_id" in t.columns}
    with_key = {
        t.name
        for t in tables.values()
        for c in t.columns
        for k in c.foreign_keys
        if "user_account" in k.target_fullname
    }
    covered = set(personal_tables())
    assert with_user | with_key | {"user_account", "ticket_message"} <= covered
    assert set(NOT_EXPORTED) | set(KEPT) <= covered and set(OF_CONTRACTS) <= set(tables)
    assert all(NOT_EXPORTED.values()) and all(KEPT.values())


def test_no_secret_column_is_shown():
    shown = {c.name for t in SQLModel.metadata.sorted_tables for c in shown_columns(t)}
    assert not [name for name in shown if "hash" in name or "sha256" in name or "secret" in name]

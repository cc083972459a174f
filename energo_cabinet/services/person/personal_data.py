"""What the database keeps on a person: found in the tables themselves, so that a new table cannot be forgotten.

A table belongs to a person by its `user_id` (or another reference to the account); the rows that hang on such a row
belong to it. What is left out of the export, and what erasure leaves, is listed here with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, or_, select
from sqlmodel import SQLModel

NOT_EXPORTED = {
    "live_event": "signals between processes, gone within the hour",
    "ticket_note": "internal notes of the supplier's staff about their own work",
    "ticket_presence": "which of the staff has a ticket open right now, gone within minutes",
    "contract_code": "hashes of codes sent to open a contract",
    "known_browser": "digests of browsers' own random values",
    "onetimecode": "digests of mailed secrets",
    "phone_code": "hashes of codes sent by SMS",
    "recovery_code": "digests of recovery codes",
    "sign_in_step": "digests of unfinished sign-ins",
    "sms_message": "the text is emptied once sent; the number is in user_account",
    "broadcast_recipient": "who a supplier's message is for while it leaves; the message itself is in notification",
    "pairing": "digests of codes that join a phone, good for a minute",
}
"""Table of a person → why it is not in the export."""

KEPT = {
    "consent": "proof that the consent was given (152-FZ, art. 9); the address is blanked",
    "consent_withdrawal": "proof that it was withdrawn; the address is blanked",
    "erasure": "the act of the erasure itself",
    "ticket": "correspondence with the supplier; e-mail and phone are blanked",
    "attachment": "part of a ticket or a reading sent to the supplier",
    "reading_submission": "readings the supplier has billed by",
    "live_event": "signals between processes, gone within the hour",
    "data_look": "what this account has looked at, other people's data among it; ends with looks_keep_days",
    "contractlink": "unlinked; tells the supplier's data from nobody's",
}
"""Table of a person → why erasure keeps its rows, which then point to an account without a name."""

BLANKED = {
    "consent": {"ip": ""},
    "consent_withdrawal": {"ip": ""},
    "ticket": {"email": "", "phone": "", "author": ""},
    "contractlink": {"title": "—"},
}
"""What erasure overwrites in the rows it keeps."""

OF_CONTRACTS = ("contract", "metering_point", "meter_installation", "meter_reading", "bill", "charge", "payment")
"""Tables of the contracts in a person's cabinet that the export holds too."""

SECRET = re.compile(r"(hash|sha256|secret|token|^key|^login|^customer_name|failed_tries|locked_until)$|^sealed|sha256")
"""Columns nobody gets: secrets, and what is another person's (the supplier's name of the contract's holder)."""


def personal_tables() -> dict[str, Table]:
    """Tables with rows of a person, parents first."""
    found: dict[str, Table] = {}
    for table in SQLModel.metadata.sorted_tables:
        if table.name == "user_account" or _owners(table) or any(_parents(table, found)):
            found[table.name] = table
    return found


def owned_tables() -> list[Table]:
    """Tables whose rows are a person's own by `user_id`, parents first."""
    return [table for table in SQLModel.metadata.sorted_tables if "user_id" in table.columns]


def rows_of(table: Table, user_id: int) -> ColumnElement[bool]:
    """The condition that a row of a personal table is this person's."""
    if table.name == "user_account":
        return table.c.id == user_id
    owners = _owners(table)
    if owners:
        return or_(*(column == user_id for column in owners))
    known = personal_tables()
    return or_(*(child.in_(_ids(known[name], user_id)) for child, name in _parents(table, known)))


def rows_of_contracts(name: str, user_id: int) -> ColumnElement[bool]:
    """The condition that a row of OF_CONTRACTS belongs to a contract in the person's cabinet."""
    tables = SQLModel.metadata.tables
    links = tables["contractlink"].c
    contracts = select(links.contract_id).where(links.user_id == user_id, links.unlinked_at.is_(None))
    table = tables[name]
    if name == "contract":
        return table.c.id.in_(contracts)
    if "contract_id" in table.columns:
        return table.c.contract_id.in_(contracts)
    parent, key = ("bill", "bill_id") if name == "charge" else ("metering_point", "point_id")
    return table.c[key].in_(select(tables[parent].c.id).where(tables[parent].c.contract_id.in_(contracts)))


def shown_columns(table: Table) -> list[Column[Any]]:
    """The columns an export holds."""
    return [column for column in table.columns if not SECRET.search(column.name)]


def _ids(table: Table, user_id: int) -> Any:
    return select(table.c.id).where(rows_of(table, user_id))


def _owners(table: Table) -> list[Column[Any]]:
    """Columns that say whose a row is; "done by" columns count where there is no `user_id`."""
    if "user_id" in table.columns:
        return [table.c.user_id]
    return [c for c in table.columns if any(key.target_fullname == "user_account.id" for key in c.foreign_keys)]


def _parents(table: Table, known: dict[str, Table]) -> Iterator[tuple[Column[Any], str]]:
    """(column, table) of the references to rows that are a person's own by `user_id`."""
    for column in table.columns:
        for key in column.foreign_keys:
            name, _, target = key.target_fullname.partition(".")
            if target == "id" and name in known and name != "user_account" and "user_id" in known[name].columns:
                yield column, name

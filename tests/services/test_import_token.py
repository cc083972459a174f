"""Tokens of machines: shown once, kept as digests, revocable, one supplier's only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import sha256
from energo_cabinet.errors import InvalidInput, NotFound, NotSignedIn, TooManyAttempts
from energo_cabinet.models import ImportJob, ImportToken
from energo_cabinet.services.import_drop import add_drop, allow_drop, drop_outcome
from energo_cabinet.services.import_token import (
    add_token,
    issue_token,
    list_tokens,
    revoke_token,
    revoke_tokens,
    tokens_of,
)
from tests.imports import job, kept


def test_a_token_is_shown_once_and_kept_as_a_digest(session, cast, installation):
    made = issue_token(session, cast.grigory, "  Опрос  АСКУЭ ")
    row = session.exec(select(ImportToken)).one()
    assert (row.name, row.token_sha256, row.supplier_id) == ("Опрос АСКУЭ", sha256(made.token), cast.supplier.id)
    (entry,) = list_tokens(session, cast.grigory)
    assert made.token not in repr(entry)
    assert (entry.ending, entry.created_by, entry.last_used_at) == (made.token[-4:], "Громов Григорий", None)
    assert list_tokens(session, cast.darya) == []


@pytest.mark.parametrize("title", ["", "  ", "я" * 101])
def test_a_token_has_a_name(session, cast, title):
    with pytest.raises(InvalidInput):
        issue_token(session, cast.grigory, title)


def test_a_file_comes_in_with_it_and_its_outcome_is_its_own(session, cast, anonymous, installation):
    mine, other = (issue_token(session, cast.grigory, name).token for name in "ab")
    allow_drop(session, anonymous, mine)
    number = add_drop(session, anonymous, mine, kept(b"x", "../x.xml"), {})
    row = session.get_one(ImportJob, number)
    assert (row.way, row.sender, row.supplier_id, row.name) == ("drop", "a", cast.supplier.id, "x.xml")
    assert drop_outcome(session, anonymous, mine, number).status == "waiting"
    foreign = job(session, cast.supplier).id
    for token, wanted in ((other, number), (mine, foreign), (mine, 2**40), (mine, -1)):
        with pytest.raises(NotFound):
            drop_outcome(session, anonymous, token, wanted)
    assert list_tokens(session, cast.grigory)[1].last_used_at == anonymous.at


def test_a_revoked_or_unknown_token_opens_nothing(session, cast, anonymous, installation):
    made = issue_token(session, cast.grigory, "a")
    with pytest.raises(NotFound):
        revoke_token(session, cast.darya, made.id)
    revoke_token(session, cast.grigory, made.id)
    for token in (made.token, "", "imp_", "ё", "x" * 200, sha256(made.token)):
        with pytest.raises(NotSignedIn):
            allow_drop(session, anonymous, token)
    assert list_tokens(session, cast.grigory) == []


def test_calls_are_counted_per_token(session, cast, anonymous, installation):
    installation.set(limit_import_token="2/minute")
    first, second = (issue_token(session, cast.grigory, name).token for name in "ab")
    later = replace(anonymous, at=anonymous.at + timedelta(seconds=5))
    for _ in range(2):
        allow_drop(session, later, first)
    with pytest.raises(TooManyAttempts):
        allow_drop(session, later, first)
    allow_drop(session, later, second)


def test_the_command_line_issues_and_revokes_too(session, cast, system, installation):
    made = add_token(session, system, "NEKTA", "Шлюз")
    assert [row.id for row in tokens_of(session, system, "NEKTA")] == [made.id]
    assert revoke_tokens(session, system, made.id) == "Шлюз"
    with pytest.raises(NotFound):
        revoke_tokens(session, system, made.id)

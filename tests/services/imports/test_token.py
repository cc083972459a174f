"""Tokens of machines: shown once, kept as digests, revocable, one supplier's only."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import sha256
from energo_cabinet.errors import InvalidInput, NotFound, NotSignedIn
from energo_cabinet.models import ImportToken
from energo_cabinet.services.imports.drop import allow_drop
from energo_cabinet.services.imports.token import (
    add_token,
    issue_token,
    list_tokens,
    revoke_token,
    revoke_tokens,
    tokens_of,
)


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


def test_a_revoked_or_unknown_token_opens_nothing(session, cast, anonymous, installation):
    made = issue_token(session, cast.grigory, "a")
    with pytest.raises(NotFound):
        revoke_token(session, cast.darya, made.id)
    revoke_token(session, cast.grigory, made.id)
    for token in (made.token, "", "imp_", "ё", "x" * 200, sha256(made.token)):
        with pytest.raises(NotSignedIn):
            allow_drop(session, anonymous, token)
    assert list_tokens(session, cast.grigory) == []


def test_the_command_line_issues_and_revokes_too(session, cast, system, installation):
    made = add_token(session, system, "NEKTA", "Шлюз")
    assert [row.id for row in tokens_of(session, system, "NEKTA")] == [made.id]
    assert revoke_tokens(session, system, made.id) == "Шлюз"
    with pytest.raises(NotFound):
        revoke_tokens(session, system, made.id)

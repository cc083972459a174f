"""Files that machines leave with a token: their outcome is the token's own, calls are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from energo_cabinet.errors import NotFound, TooManyAttempts
from energo_cabinet.models import ImportJob
from energo_cabinet.services.imports.drop import add_drop, allow_drop, drop_outcome
from energo_cabinet.services.imports.token import issue_token, list_tokens
from tests.imports import job, kept


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


def test_calls_are_counted_per_token(session, cast, anonymous, installation):
    installation.set(limit_import_token="2/minute")
    first, second = (issue_token(session, cast.grigory, name).token for name in "ab")
    later = replace(anonymous, at=anonymous.at + timedelta(seconds=5))
    for _ in range(2):
        allow_drop(session, later, first)
    with pytest.raises(TooManyAttempts):
        allow_drop(session, later, first)
    allow_drop(session, later, second)

"""Who reads a contract hears of every new reader, by whatever way, and objects with one click (RC-1 of the audit)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import sha256
from energo_cabinet.errors import CabinetError, Conflict, NotFound
from energo_cabinet.models import ContractLink, LinkObjection, LinkRequest, LinkWay, NotificationKind
from energo_cabinet.services.contract.reader import (
    look_at_objection,
    object_by_letter,
    object_to_reader,
    other_readers,
)
from energo_cabinet.services.notice.choice import choose
from tests import cast as make
from tests.services.contract.readers import LATER, WAYS, key, letter, reads
from tests.services.contract.readers import region as region
from tests.services.contract.readers import second as second
from tests.services.customers.scene import kinds
from tests.services.sign_in.test_registration import visitor

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.mark.parametrize("way", WAYS)
def test_readers_and_the_suppliers_address_are_told_by_whatever_way(session, cast, second, region, way):
    cast.contract.contact_email = "abonent@example.org"
    choose(session, cast.anna, "supplier", False, False)
    WAYS[way](session, cast, second, region)
    for to in ("anna@example.org", "abonent@example.org"):
        assert "Чужой Борис Борисович, bo•••@example.org" in letter(session, to).text
    assert kinds(session, cast.anna) == [NotificationKind.READER_ADDED]
    assert [(r.name, r.way) for r in other_readers(session, cast.anna)] == [("Чужой Борис Борисович", LinkWay(way))]


@pytest.mark.parametrize("to", ["anna@example.org", "abonent@example.org"])
def test_one_click_closes_until_the_supplier_decides(session, cast, second, region, to):
    cast.contract.contact_email = "abonent@example.org"
    WAYS["code"](session, cast, second, region)
    secret = key(session, to)
    assert look_at_objection(session, visitor(LATER), secret).is_open and reads(session, second)
    object_by_letter(session, visitor(LATER), secret)
    assert not reads(session, second) and reads(session, cast.anna)
    assert not look_at_objection(session, visitor(LATER), secret).is_open
    for way in ("login", "code"):  # nor does another secret let him in again
        with pytest.raises(CabinetError, match="objected"):
            WAYS[way](session, cast, second, region)
    with pytest.raises(CabinetError, match="invalid_code"):
        object_by_letter(session, visitor(LATER), secret)


def test_in_the_cabinet_the_older_reader_objects_to_the_newer(session, cast, second, region):
    WAYS["code"](session, cast, second, region)
    assert [card.may_object for card in (*other_readers(session, second), *other_readers(session, cast.anna))] == [
        False,
        True,
    ]
    mine = other_readers(session, second)[0].link_id
    with pytest.raises(Conflict, match="reader_is_older"):
        object_to_reader(session, second, mine)
    theirs = other_readers(session, cast.anna)[0].link_id
    object_to_reader(session, replace(cast.anna, at=LATER), theirs)
    assert not reads(session, second)
    assert kinds(session, second) == [NotificationKind.OBJECTED]


def test_strangers_object_to_nobody(session, cast, second, region):
    own = session.exec(select(ContractLink.id)).one()
    for link_id in (own, 99999):
        with pytest.raises(NotFound):
            object_to_reader(session, second, link_id)
    with pytest.raises(NotFound):
        object_to_reader(session, cast.anna, own)


def test_an_objection_made_in_the_cabinet_has_no_key_to_be_guessed(session, cast, second, region):
    """Its digest was that of a text made of two ids: whoever counted them read number, name and supplier."""
    made = make.link(session, second, cast.contract)  # before readers were told of one another: no letter
    made.linked_at = LATER
    session.flush()
    (theirs,) = [card.link_id for card in other_readers(session, cast.anna)]
    object_to_reader(session, replace(cast.anna, at=LATER), theirs)
    (row,) = session.exec(select(LinkObjection)).all()
    assert row.key_sha256 != sha256(f"asked in the cabinet|{theirs}|{cast.anna.user}")
    with pytest.raises(CabinetError, match="invalid_code"):
        look_at_objection(session, visitor(LATER), f"asked in the cabinet|{theirs}|{cast.anna.user}")


@pytest.mark.parametrize("secret", ["", "x", None, 7, "x" * 5000, "\x00"])
def test_a_forged_key_is_none(session, cast, secret):
    for call in (look_at_objection, object_by_letter):
        with pytest.raises(CabinetError, match="invalid_code"):
            call(session, visitor(), secret)


def test_a_letter_is_good_for_its_term(session, cast, second, region):
    WAYS["code"](session, cast, second, region)
    late = visitor(LATER + timedelta(days=31))
    with pytest.raises(CabinetError, match="invalid_code"):
        object_by_letter(session, late, key(session, "anna@example.org"))
    assert reads(session, second) and session.exec(select(LinkRequest)).all() == []

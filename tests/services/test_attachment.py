"""Attachments come to belong to a record: once, all or none, the sender's own only."""

import pytest

from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.models import AttachmentPurpose
from energo_cabinet.services.attachment import (
    add_attachment,
    attach,
    attachment_file,
    attachments_of,
    remove_attachment,
)
from energo_cabinet.services.attachment_file import KeptFile, folder
from tests import cast as make

READING, TICKET = AttachmentPurpose.READING, AttachmentPurpose.TICKET


@pytest.fixture
def photo(session, cast, surroundings):
    """Makes photos of somebody's."""

    def made(who=cast.anna, purpose=READING):
        key = folder().new_key()
        folder().path(key).write_bytes(b"x")
        return add_attachment(session, who, purpose, KeptFile(key, "a.jpg", "image/jpeg", 1)).id

    return made


def test_who_sees_the_contract_sees_the_file_once_it_is_sent(session, cast, photo):
    number = photo()
    make.link(session, cast.boris, cast.contract)
    with pytest.raises(NotFound):
        attachment_file(session, cast.boris, number)
    attach(session, cast.anna, [number], cast.contract.id, "reading 1", READING)
    assert attachment_file(session, cast.boris, number).path.exists()
    assert [item.id for item in attachments_of(session, ["reading 1"])["reading 1"]] == [number]


def test_same_form_twice_changes_nothing_another_record_gets_nothing(session, cast, photo):
    number = photo()
    for _ in range(2):
        attach(session, cast.anna, [number], cast.contract.id, "reading 1", READING)
    with pytest.raises(CabinetError, match="attachment_gone"):
        attach(session, cast.anna, [number], cast.contract.id, "reading 2", READING)


def test_foreign_file_file_of_another_purpose_and_a_fourth_one_are_refused(session, cast, photo):
    for wrong in (photo(cast.boris), photo(cast.anna, TICKET), 999):
        with pytest.raises(CabinetError, match="attachment_gone"):
            attach(session, cast.anna, [photo(), wrong], cast.contract.id, "reading 1", READING)
    with pytest.raises(CabinetError, match="attachment_count"):
        attach(session, cast.anna, [1, 2, 3, 4], cast.contract.id, "reading 1", READING)


def test_sent_file_is_not_taken_back(session, cast, photo):
    number = photo()
    attach(session, cast.anna, [number], cast.contract.id, "reading 1", READING)
    with pytest.raises(NotFound):
        remove_attachment(session, cast.anna, number)

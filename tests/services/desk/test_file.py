"""Files of both sides of a ticket, and what an operator has begun to type."""

from __future__ import annotations

import pytest

from energo_cabinet.errors import NotFound
from energo_cabinet.models import Attachment
from energo_cabinet.services.attachment import attachment_file
from energo_cabinet.services.desk.file import desk_file, keep_answer
from energo_cabinet.services.desk.thread import desk_ticket
from energo_cabinet.services.desk.writing import answer
from tests import cast as make
from tests.services.desk.scene import opened, version


def test_files_of_both_sides(session, cast, olga, surroundings):
    from energo_cabinet.services.attachment_file import folder

    number = opened(session, cast, attachment_ids=(kept(session, cast.anna, "a"),))
    thread = answer(session, olga, number, version(session, number), "Акт", (kept(session, olga, "b"),))
    hers, ours = thread.lines[0].files[0].id, thread.lines[1].files[0].id
    for key in "ab":
        path = folder().path(key * 40)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.4")
    assert desk_file(session, cast.grigory, hers).name == attachment_file(session, cast.anna, ours).name == "акт.pdf"
    for call, who, file in ((attachment_file, cast.boris, ours), (desk_file, cast.darya, hers)):
        with pytest.raises(NotFound):
            call(session, who, file)


def kept(session, who, letter):
    row = Attachment(key=letter * 40, user_id=who.user, purpose="ticket", name="акт.pdf", size=9, created_at=make.NOW)
    row.media_type = "application/pdf"
    session.add(row)
    session.flush()
    return row.id


def test_what_is_typed_stays_until_it_is_sent(session, cast, olga):
    number = opened(session, cast)
    key = desk_ticket(session, olga, number).draft_key
    assert keep_answer(session, olga, number, {"key": key, "text": "Начато"})
    assert (desk_ticket(session, olga, number).draft, desk_ticket(session, cast.grigory, number).draft) == (
        "Начато",
        "",
    )
    answer(session, cast.grigory, number, version(session, number), "Другой ответ")
    assert desk_ticket(session, olga, number).draft == "Начато"
    after = answer(session, olga, number, version(session, number), "Начато и готово")
    assert after.draft == "" and not keep_answer(session, olga, number, {"key": key, "text": "x"})

"""The sign of a supplier by the settings page's own address: redrawn, seen at the door, refused with words."""

from __future__ import annotations

import pytest

from energo_cabinet.models import StaffMember, StaffRoleName
from tests.api.browser import browser
from tests.api.energy.test_download import as_person, client  # noqa: F401  (fixtures)
from tests.services.supplier.scene import picture


def sent(browser, data, supplier=None):
    address = "/staff/supplier-logo" + (f"?supplier={supplier}" if supplier else "")
    return browser.post(address, files={"file": ("знак.png", data)})


def shown(browser, cast):
    return browser.get(f"/suppliers/{cast.supplier.code}/logo.png")


def test_a_sign_is_taken_and_seen_at_the_door(cast, as_person):  # noqa: F811
    browser = as_person(cast.grigory)
    assert shown(browser, cast).status_code == 404
    assert sent(browser, picture("JPEG")).status_code == 201
    assert shown(browser, cast).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("data", [b"", b"<svg/>", picture() + b"\0" * (1 << 20)])
def test_what_is_no_small_picture_is_refused_in_words_and_the_old_one_stays(cast, as_person, data):  # noqa: F811
    browser = as_person(cast.grigory)
    sent(browser, picture())
    answer = sent(browser, data)
    assert (answer.status_code, "PNG" in answer.json()["title"]) == (422, True)
    assert shown(browser, cast).status_code == 200


def test_nobody_else_changes_it(session, cast, client, as_person):  # noqa: F811
    assert sent(client, picture()).status_code == 401
    assert sent(as_person(cast.anna), picture()).status_code == 403
    assert sent(as_person(cast.darya), picture(), cast.supplier.id).status_code == 404
    session.get(StaffMember, cast.grigory.member.member_id).role = StaffRoleName.OPERATOR
    assert sent(as_person(cast.grigory), picture()).status_code == 403
    assert shown(client, cast).status_code == 404


def test_a_sign_of_nearly_a_megabyte_passes_the_gate_and_a_photo_is_refused_in_words(cast, as_person):  # noqa: F811
    sid = as_person(cast.grigory).cookies["sid"]
    window = browser()
    window.cookies.set("sid", sid)
    large, photo = (picture() + bytes(size) for size in (900_000, 5 << 20))
    answers = [window.post("/api/staff/supplier-logo", files={"file": ("a.png", data)}) for data in (large, photo)]
    assert [answer.status_code for answer in answers] == [201, 422]
    assert "PNG" in answers[1].json()["title"]

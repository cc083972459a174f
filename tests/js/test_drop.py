"""Files for the imports (assets/js/drop.js, drop_queue.js): dropped or chosen, refused in words, three at a time."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.js.conftest import HOST

URL = "/api/staff/imports"
WORDS = ["sending", "waiting", "lost", "retry", "remove", "too-large", "sent", "refused"]
FIELD = f"""<div data-drop="{URL}" data-largest="20" {" ".join(f'data-word-{word}="{word}"' for word in WORDS)}>
<label>Choose <input type="file" multiple></label><ul data-files></ul><p data-note role="alert"></p>
<span data-status role="status"></span>
<div data-options><input name="zone" aria-label="Zone">
<input type="checkbox" name="create" value="1" aria-label="Create">
<select name="unit"><option value=""></option></select></div></div><p id="aside">aside</p>"""
ZONE = "[data-drop]"


@pytest.fixture
def field(site):
    """The field; the server takes files."""
    site.answers[URL] = (202, {"id": 1})
    site.opens("drop", FIELD)
    return site.page


def lines(page):
    return page.locator("[data-files] li")


def file(name, data=b"<x/>"):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_a_dropped_file_is_sent_as_it_is_and_leaves_the_list(field, site, drop):
    field.get_by_label("Zone").fill(" Europe/Moscow ")
    field.get_by_label("Create").check()
    drop(ZONE, ("day.xml", b"<message/>"))
    expect(field.get_by_role("status")).to_have_text("sent: day.xml")
    expect(lines(field)).to_have_count(0)
    (request,) = site.asked
    query = {"name": ["day.xml"], "zone": ["Europe/Moscow"], "create": ["1"]}
    assert parse_qs(urlsplit(request.url).query) == query
    assert request.headers["content-type"] == "application/octet-stream"


def test_the_field_shows_that_it_takes_files_and_nothing_else(field, site, drop):
    drop(ZONE, ("day.xml", b""), until="dragover")
    expect(field.locator(ZONE)).to_have_class("over")
    drop(ZONE, ("day.xml", b""), until="dragleave")
    expect(field.locator(ZONE)).not_to_have_class("over")
    drop(ZONE)  # words
    drop("#aside", ("day.xml", b""))
    expect(field.locator(ZONE)).not_to_have_class("over")
    expect(lines(field)).to_have_count(0)
    assert site.asked == []


def test_a_file_that_is_too_large_is_refused_in_words_and_not_sent(field, site, drop):
    drop(ZONE, ("small.xml", b"x" * 20), ("large.xml", b"x" * 21))
    expect(field.get_by_role("alert")).to_have_text("large.xml: too-large")
    expect(field.get_by_role("status")).to_have_text("sent: small.xml")
    assert len(site.asked) == 1
    drop(ZONE, ("small.xml", b"x"))
    expect(field.get_by_role("alert")).to_have_text("")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"title": "Refused", "fields": {"file": "No table", "zone": "No zone"}}, "No table No zone"),
        ({"title": "No such kind of file"}, "No such kind of file"),
        ({}, "refused"),
    ],
)
def test_a_file_of_a_wrong_kind_stays_with_the_servers_words(field, site, drop, answer, words):
    site.answers[URL] = (422, answer)
    drop(ZONE, ("cat.exe", b"MZ"))
    expect(lines(field).locator(".what")).to_have_text(words)
    expect(field.get_by_role("status")).to_have_text(f"cat.exe: {words}")
    site.answers[URL] = (202, {})
    field.get_by_role("button", name="retry: cat.exe").click()
    expect(lines(field)).to_have_count(0)
    assert len(site.asked) == 2


def test_a_file_lost_with_the_connection_may_be_sent_again(field, site, drop):
    site.is_cut = True
    drop(ZONE, ("day.xml", b"x"))
    expect(lines(field).locator(".what")).to_have_text("lost")
    site.is_cut = False
    field.get_by_role("button", name="retry: day.xml").click()
    expect(field.get_by_role("status")).to_have_text("sent: day.xml")
    expect(lines(field)).to_have_count(0)


def test_three_go_at_once_and_the_others_wait_their_turn(field, site, drop):
    site.holds = True
    drop(ZONE, *((f"{n}.xml", b"x") for n in range(5)))
    site.wait_for(3)
    expect(lines(field).locator(".what")).to_have_text(["sending"] * 3 + ["waiting"] * 2)
    site.goes_on()
    site.wait_for(4)
    expect(lines(field).locator(".what")).to_have_text(["sending"] * 3 + ["waiting"])
    field.get_by_role("button", name="remove: 4.xml").click()  # it waits still
    field.get_by_role("button", name="remove: 1.xml").click()  # it is under way
    expect(lines(field).locator(".name")).to_have_text(["2.xml", "3.xml"])
    site.goes_on(3)
    expect(lines(field)).to_have_count(0)
    assert len(site.asked) == 4


def test_the_keyboard_chooses_and_gives_up(field, site):
    site.holds = True
    control = field.get_by_label("Choose")
    control.set_input_files([file("day.xml")])
    expect(control).to_have_value("")  # the same file may be chosen again
    field.get_by_role("button", name="remove: day.xml").focus()
    field.keyboard.press("Enter")
    expect(lines(field)).to_have_count(0)
    expect(control).to_be_focused()
    control.set_input_files([file("day.xml")])
    expect(lines(field)).to_have_count(1)


def test_options_count_as_they_stand_when_a_file_is_sent(field, site, drop):
    site.holds = True
    drop(ZONE, *((f"{n}.xml", b"x") for n in range(4)))
    site.wait_for(3)
    field.get_by_label("Zone").fill("Asia/Omsk")
    site.goes_on()
    assert parse_qs(urlsplit(site.wait_for(4)[3].url).query) == {"name": ["3.xml"], "zone": ["Asia/Omsk"]}
    assert site.asked[0].url == f"{HOST}{URL}?name=0.xml"

"""Attachments (assets/js/attachment.js): uploaded as they are chosen, the form waits for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

URL = "/api/attachments"
WORDS = ["sending", "lost", "retry", "remove", "too-large", "too-many", "sent"]
FORM = f"""<form action="/sent"><div data-attach="ticket" data-most="2"
{" ".join(f'data-word-{w}="{w}"' for w in WORDS)}>
<label>Add <input type="file" multiple></label><ul data-files></ul><p data-note role="alert"></p>
<span data-status role="status"></span><input type="hidden" name="attachments"></div><button>Send</button></form>"""


@pytest.fixture
def form(site):
    """A form; the server takes files."""
    site.answers[URL] = (201, {"id": 12, "size": 2048})
    site.opens("attachment", FORM)
    return site.page


def choose(page, *names):
    files = [{"name": name, "mimeType": "image/png", "buffer": b"x"} for name in names]
    page.get_by_label("Add").set_input_files(files)


def ids(page):
    return page.locator("input[name=attachments]")


def test_a_chosen_file_is_uploaded_and_its_id_goes_along_with_the_form(form, site):
    choose(form, "a.png")
    expect(form.get_by_role("status")).to_have_text("sent: a.png")
    expect(form.locator("li .what")).to_have_text("2 KB")
    expect(ids(form)).to_have_value("12")
    form.get_by_role("button", name="Send").click()
    form.wait_for_url("**/sent?attachments=12")


def test_the_form_is_not_sent_while_a_file_is_under_way(form, site):
    form.evaluate("document.addEventListener('submit', () => document.body.append('heard'))")
    site.holds = True
    choose(form, "a.png")
    site.wait_for(1)
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("alert")).to_have_text("sending")
    expect(form.get_by_text("heard")).to_have_count(0)
    site.goes_on()
    expect(ids(form)).to_have_value("12")
    form.get_by_role("button", name="Send").click()
    form.wait_for_url("**/sent?attachments=12")


def test_too_many_and_too_large_files_are_refused_in_words(form, site, tmp_path):
    with (tmp_path / "large.png").open("wb") as large:
        large.truncate((10 << 20) + 1)
    form.get_by_label("Add").set_input_files(tmp_path / "large.png")
    expect(form.get_by_role("alert")).to_have_text("large.png: too-large")
    choose(form, "a.png", "b.png", "c.png")
    expect(form.get_by_role("alert")).to_have_text("too-many")
    expect(form.locator("li .name")).to_have_text(["a.png", "b.png"])
    expect(ids(form)).to_have_value("12,12")
    assert len(site.asked) == 2


def test_a_file_of_a_wrong_kind_is_refused_in_the_servers_words(form, site):
    site.answers[URL] = (415, {"title": "No picture"})
    choose(form, "a.png")
    expect(form.get_by_role("alert")).to_have_text("a.png: No picture")
    expect(form.locator("li")).to_have_count(0)
    expect(ids(form)).to_have_value("")


def test_a_lost_file_is_sent_again_by_its_button(form, site):
    site.is_cut = True
    choose(form, "a.png")
    expect(form.locator("li .what")).to_have_text("lost")
    site.is_cut = False
    form.get_by_role("button", name="retry: a.png").click()
    expect(ids(form)).to_have_value("12")
    expect(form.locator("li")).to_have_count(1)


def test_a_removed_file_goes_from_the_server_and_the_focus_stays_in_the_field(form, site):
    site.answers[f"{URL}/12"] = (204, {})
    choose(form, "a.png")
    expect(ids(form)).to_have_value("12")
    form.get_by_role("button", name="remove: a.png").focus()
    form.keyboard.press("Enter")
    expect(ids(form)).to_have_value("")
    expect(form.get_by_label("Add")).to_be_focused()
    assert [request.method for request in site.wait_for(2)] == ["POST", "DELETE"]


def test_a_file_removed_under_way_lets_the_form_go(form, site):
    site.holds = True
    choose(form, "a.png")
    site.wait_for(1)
    form.get_by_role("button", name="remove: a.png").click()
    form.get_by_role("button", name="Send").click()
    form.wait_for_url("**/sent?attachments=")

"""Drafts (assets/js/draft.js): what is typed is lost neither with the connection nor with the page (Н-138…Н-147)."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.js.conftest import HOST

URL = "/api/tickets/drafts/new"
FORM = """<form data-draft="new" data-draft-key="{key}" data-draft-url="/api/tickets/drafts/new" action="/sent">
<p data-draft-notice hidden>Brought back</p>
<label>Theme <input name="theme"></label> <label>Text <textarea name="text"></textarea></label>
<select name="kind" aria-label="Kind"><option>a</option><option>b</option></select>
<input type="hidden" name="secret" value="s"> <button>Send</button>
<p data-draft-state data-saved="Saved" data-offline="Kept here"></p></form>
<form action="/api/logout" method="post"><button>Sign out</button></form>"""
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('draft.'))"


@pytest.fixture
def form(site):
    """An empty form; the server takes drafts."""
    site.answers[URL] = (204, {})
    site.opens("draft", FORM.format(key="k1"))
    return site.page


@pytest.fixture
def stopped(site, form):
    """The same; time passes as the test says."""
    site.stops_time()
    form.reload()
    return form


def said(page):
    return page.locator("[data-draft-state]")


def test_a_pause_in_typing_saves_what_was_typed(form, site):
    form.get_by_label("Theme").press_sequentially("No light")
    expect(said(form)).to_have_text("Saved")
    form.get_by_label("Kind").select_option("b")
    sent = parse_qs(site.wait_for(2)[1].post_data)
    assert sent == {"key": ["k1"], "theme": ["No light"], "kind": ["b"]}


def test_a_draft_survives_a_lost_connection_and_a_closed_page(form, site):
    site.is_cut = True
    form.get_by_label("Theme").fill("No light")
    form.get_by_label("Text").fill("Since the morning")
    expect(said(form)).to_have_text("Kept here")
    form.reload()
    expect(form.get_by_label("Theme")).to_have_value("No light")
    expect(form.get_by_label("Text")).to_have_value("Since the morning")
    expect(form.get_by_text("Brought back")).to_be_visible()
    expect(said(form)).to_have_text("Kept here")
    site.is_cut = False
    form.evaluate("dispatchEvent(new Event('online'))")
    expect(said(form)).to_have_text("Saved")


def test_a_lost_connection_is_tried_again_by_itself(stopped, site):
    site.is_cut = True
    stopped.get_by_label("Theme").fill("No light")
    stopped.clock.run_for(800)
    expect(said(stopped)).to_have_text("Kept here")
    site.is_cut = False
    stopped.clock.run_for(5000)
    expect(said(stopped)).to_have_text("Saved")


def test_what_the_server_has_is_the_servers_to_show(form):
    form.get_by_label("Theme").fill("No light")
    expect(said(form)).to_have_text("Saved")
    form.reload()
    expect(form.get_by_label("Theme")).to_have_value("")
    expect(form.get_by_text("Brought back")).to_be_hidden()


def test_a_form_that_react_puts_in_later_is_filled_as_well(form, site):
    site.is_cut = True
    form.get_by_label("Theme").fill("No light")
    site.opens("draft", "<main></main>")
    site.puts(FORM.format(key="k1"), "main")
    expect(form.get_by_label("Theme")).to_have_value("No light")
    expect(form.get_by_label("Text")).to_have_value("")


def test_after_sending_the_key_is_another_and_nothing_comes_back(form, site):
    site.is_cut = True
    form.get_by_label("Theme").fill("No light")
    site.opens("draft", FORM.format(key="k2"))
    expect(form.get_by_label("Theme")).to_have_value("")
    assert form.evaluate(KEPT) == []


def test_a_draft_of_what_was_sent_meanwhile_is_forgotten(form, site):
    site.answers[URL] = (409, {})
    form.get_by_label("Theme").fill("No light")
    form.wait_for_function(f"{KEPT}.length === 0")
    expect(said(form)).to_have_text("")


def test_what_is_typed_while_a_draft_is_on_its_way_is_not_taken_for_saved(form, site):
    site.holds = True
    form.get_by_label("Theme").fill("No")
    site.wait_for(1)
    form.get_by_label("Theme").fill("No light")
    site.goes_on()
    site.wait_for(2)
    expect(said(form)).to_have_text("")
    site.goes_on()
    expect(said(form)).to_have_text("Saved")
    assert [parse_qs(request.post_data)["theme"] for request in site.asked] == [["No"], ["No light"]]


def test_sending_the_form_needs_no_draft_any_more(stopped, site):
    stopped.evaluate("document.addEventListener('submit', event => event.preventDefault())")  # as React's handler does
    stopped.get_by_label("Theme").fill("No light")
    stopped.get_by_role("button", name="Send").click()
    stopped.clock.run_for(10_000)
    assert site.asked == []


def test_signing_out_wipes_every_draft_of_this_browser(form, site):
    site.is_cut = True
    form.get_by_label("Theme").fill("No light")
    form.evaluate("localStorage.setItem('draft.reply-7', '{}'); localStorage.setItem('theme', 'dark')")
    form.evaluate("document.addEventListener('submit', event => event.preventDefault())")
    form.get_by_role("button", name="Sign out").click()
    assert form.evaluate(KEPT) == []
    assert form.evaluate("localStorage.getItem('theme')") == "dark"


def test_a_browser_that_keeps_nothing_lets_one_type(form, site):
    form.add_init_script(
        "for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw 1 }"
    )
    form.goto(HOST)
    form.get_by_label("Theme").fill("No light")
    form.get_by_role("button", name="Send").click()
    form.wait_for_url("**/sent?theme=No+light**")

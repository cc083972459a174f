"""What helps a form: sent once, the kept e-mail, the first wrong field, ready words, the eye, a file's answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

LOGIN = """<form data-once action="/login"><label>E-mail <input name="email" data-keep></label>
<script>window.parsed = document.querySelector("[data-keep]").value</script>
<input type="password" id="secret" name="password" value="p" aria-label="Password"><button>Enter</button>
<button type="button" data-eye="secret">Show</button></form>"""
STOP = "document.addEventListener('submit', event => event.preventDefault())"


def test_the_kept_email_is_there_as_its_field_is_parsed(page, site):
    """Under load React takes the page over before DOMContentLoaded (Э-42…46)."""
    site.opens("kept", LOGIN)
    page.get_by_label("E-mail").fill("anna@example.ru")
    page.get_by_role("button", name="Enter").click()
    page.wait_for_url("**/login**")
    page.evaluate("sessionStorage.setItem('kept.email', 'anna@example.ru')")
    site.opens("kept", LOGIN, "/login?error=wrong")
    assert page.evaluate("window.parsed") == "anna@example.ru"
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_the_email_is_kept_for_a_refusal_only_and_the_password_never(page, site):
    site.opens("kept", LOGIN)
    page.evaluate(STOP)
    page.get_by_label("E-mail").fill("anna@example.ru")
    page.get_by_role("button", name="Enter").click()
    assert page.evaluate("({...sessionStorage})") == {"kept.email": "anna@example.ru"}
    site.opens("kept", LOGIN, "/login")
    expect(page.get_by_label("E-mail")).to_have_value("")
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_a_form_is_sent_once_however_often_its_button_is_pressed(page, site):
    site.opens("once", LOGIN)
    page.evaluate(
        """window.stopped = [];
        addEventListener("submit", event => { stopped.push(event.defaultPrevented); event.preventDefault() })"""
    )
    for _ in range(3):
        page.get_by_role("button", name="Enter").click()
    assert page.evaluate("stopped") == [False, True, True]
    page.evaluate("dispatchEvent(new Event('pageshow'))")  # back from where it led
    page.get_by_role("button", name="Enter").click()
    assert page.evaluate("stopped")[3:] == [False]


def test_the_eye_shows_the_password_and_hides_it_again(page, site):
    site.opens("password", LOGIN)
    for kind, pressed in (("text", "true"), ("password", "false")):
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#secret")).to_have_attribute("type", kind)
        expect(page.get_by_role("button", name="Show")).to_have_attribute("aria-pressed", pressed)


def test_the_focus_goes_to_the_first_wrong_field_of_what_was_sent(page, site):
    site.opens(
        "refused", "<form><input name='a'><input name='b'><input name='c'><button>Send</button></form><input id='x'>"
    )
    page.evaluate(STOP)
    page.locator("#x").evaluate("input => input.setAttribute('aria-invalid', 'true')")
    page.get_by_role("button", name="Send").click()
    judge = "form => ['b', 'c'].forEach(name => form.elements[name].setAttribute('aria-invalid', 'true'))"
    page.locator("form").evaluate(judge)
    expect(page.locator("[name=b]")).to_be_focused()
    page.locator("[name=a]").focus()
    page.locator("[name=a]").evaluate("input => input.setAttribute('aria-invalid', 'true')")
    page.locator("[name=c]").focus()
    expect(page.locator("[name=c]")).to_be_focused()  # nothing was sent meanwhile


def test_ready_words_come_below_and_never_twice(page, site):
    site.opens(
        "template",
        "<textarea id='t' aria-label='Text'></textarea><button data-insert='Words' data-into='t'>Put</button>",
    )
    page.get_by_label("Text").fill("Hello \n")
    for _ in range(2):
        page.get_by_role("button", name="Put").click()
        expect(page.get_by_label("Text")).to_have_value("Hello\n\nWords")
    expect(page.get_by_label("Text")).to_be_focused()


FILE = """<div data-planfile="/api/plan-file?point=3" data-busy-words="Sent" data-failed-words="Failed"
data-line-words="Line {line}: " data-done-words="{days} days, {changed} changed" data-show-words="Show">
<label>Choose <input type="file"></label><p data-told role="status"></p><ul data-lines></ul></div>"""


@pytest.fixture
def send(page, site):
    """Choose a file and get an answer."""

    def sent(status: int, answer: object, html: str = FILE):
        site.answers["/api/plan-file"] = (status, answer)
        site.opens("sent_file", html)
        page.get_by_label("Choose").set_input_files([{"name": "a.csv", "mimeType": "text/csv", "buffer": b"1"}])

    return sent


def test_a_taken_file_is_told_with_a_link_to_its_days(page, send):
    send(200, {"days": 2, "changed": 1, "first": "2026-11-01", "last": "2026-11-02"})
    expect(page.get_by_role("status")).to_have_text("2 days, 1 changed Show")
    address = "/plan-fact?first=2026-11-01&last=2026-11-02&point=3"
    expect(page.get_by_role("link", name="Show")).to_have_attribute("href", address)


def test_a_refused_file_is_told_line_by_line(page, send):
    send(422, {"title": "No plan", "lines": [{"line": 2, "words": "no number"}, {"words": "too short"}]})
    expect(page.get_by_role("status")).to_have_text("No plan")
    expect(page.locator("[data-lines] li")).to_have_text(["Line 2: no number", "too short"])
    send(500, "broken")
    expect(page.get_by_role("status")).to_have_text("Failed")


def test_a_taken_file_leads_on_or_presses_what_stands_behind_it(page, send):
    press = "<button data-after onclick='document.title = \"pressed\"' hidden></button>"
    send(200, {}, FILE.replace("<p ", press + "<p "))
    expect(page).to_have_title("pressed")
    send(200, {"go": "/there"})
    page.wait_for_url("**/there")

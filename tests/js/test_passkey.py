"""A passkey's button: what the browser's refusals become, where the answer goes, one request at a time."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

WORDS = ("asking", "cancelled", "unsupported", "known", "address", "failed")
SAID = " ".join(f'data-word-{word}="{word}"' for word in WORDS)
FORM = """<form action="/sent"><input type="hidden" name="answer" value="">
<button type="button" data-passkey="/api/options" {}>Key</button><p role="alert" data-passkey-said></p>{}</form>"""
STOP = """window.sent = [];
document.addEventListener("submit", event => {
  event.preventDefault();
  sent.push([event.submitter?.name ?? "", new FormData(event.target).get("answer")]);
});"""
FAKE = """const wait = new Promise(go => window.goOn = go);
const made = { toJSON: () => ({ id: "abc" }) };
const answering = name => options => { window.asked = [name, options]; return OUTCOME };
const credentials = { get: answering("get"), create: answering("create") };
Object.defineProperty(navigator, "credentials", { value: credentials });"""
OPTIONS = {"get": {"challenge": "AAAA", "rpId": "cabinet.test"}}
REFUSALS = {"NotAllowedError": "cancelled", "AbortError": "cancelled", "InvalidStateError": "known"}
REFUSALS |= {"NotSupportedError": "unsupported", "ConstraintError": "unsupported", "SecurityError": "address"}
REFUSALS |= {"UnknownError": "failed"}


@pytest.fixture
def form(page, site):
    """The form, in a browser whose authenticator answers so."""

    def opened(outcome: str, more: str = "", end: str = "", answer: tuple[int, object] = (200, OPTIONS)):
        site.answers["/api/options"] = answer
        page.add_init_script(FAKE.replace("OUTCOME", outcome))
        page.add_init_script(
            "window.PublicKeyCredential = { parseRequestOptionsFromJSON: x => x, parseCreationOptionsFromJSON: x => x }"
        )
        site.opens("passkey", FORM.format(f"{SAID} {more}", end))
        page.evaluate(STOP)
        page.get_by_role("button", name="Key").click()

    return opened


def test_the_answer_is_sent_with_the_form_and_forgotten(page, site, form):
    form("Promise.resolve(made)")
    page.wait_for_function("sent.length")
    assert page.evaluate("sent") == [["", '{"id":"abc"}']]
    assert page.locator("[name=answer]").input_value() == ""
    assert page.evaluate("asked") == ["get", {"publicKey": OPTIONS["get"]}]
    assert site.asked[0].method == "POST"


def test_it_is_sent_by_the_button_for_it(page, form):
    form("Promise.resolve(made)", end='<button name="elsewhere" data-passkey-send hidden></button>')
    page.wait_for_function("sent.length")
    assert page.evaluate("sent[0][0]") == "elsewhere"


def test_options_at_hand_are_not_asked_for(page, site, form):
    given = json.dumps({"create": {"challenge": "BBBB"}}).replace('"', "&quot;")
    form("Promise.resolve(made)", f'data-options="{given}"')
    page.wait_for_function("sent.length")
    assert page.evaluate("asked") == ["create", {"publicKey": {"challenge": "BBBB"}}]
    assert site.asked == []


@pytest.mark.parametrize(
    ("name", "word"),
    REFUSALS.items(),
)
def test_what_the_browser_refuses_is_said_in_words(page, form, name, word):
    form(f'Promise.reject(new DOMException("", "{name}"))')
    expect(page.get_by_role("alert")).to_have_text(word)
    assert page.evaluate("sent") == []


def test_what_the_server_refuses_is_said_in_its_words(page, form):
    form("Promise.resolve(made)", answer=(429, {"title": "Too many attempts"}))
    expect(page.get_by_role("alert")).to_have_text("Too many attempts")


def test_a_lost_connection_and_a_browser_without_passkeys_are_told(page, site, form):
    site.is_cut = True
    form("Promise.resolve(made)")
    expect(page.get_by_role("alert")).to_have_text("failed")
    site.is_cut = False
    page.evaluate("window.PublicKeyCredential = undefined")
    page.get_by_role("button", name="Key").click()
    expect(page.get_by_role("alert")).to_have_text("unsupported")


def test_one_at_a_time(page, site, form):
    form("wait.then(() => made)")
    expect(page.get_by_role("button", name="Key")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("alert")).to_have_text("asking")
    page.get_by_role("button", name="Key").click()
    page.evaluate("goOn()")
    page.wait_for_function("sent.length")
    assert len(site.asked) == 1
    expect(page.get_by_role("button", name="Key")).not_to_have_attribute("aria-busy", "true")

"""Tables and the keyboard: hours of a plan, what was used, the supplier's desk, the staff's search."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

ROW = "<tr><td><input name='h{0}'></td><td><input name='p{0}'></td></tr>"
ROWS = "".join(ROW.format(hour) for hour in range(3))
GRID = f"<table data-grid><tbody>{ROWS}</tbody><tfoot><tr><td data-sum>—</td></tr></tfoot></table>"
PASTE = """(input, text) => {
    const given = new DataTransfer();
    given.setData("text/plain", text);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
}"""


def values(page):
    return page.locator("input").evaluate_all("all => all.map(one => one.value)")


def test_a_column_of_a_spreadsheet_is_pasted_without_its_heading_and_summed_up(page, site):
    site.opens("grid", GRID)
    page.locator("[name=h0]").evaluate(PASTE, "kWh\tprice\r\n1 000,5\t3\r\n2\t4\r\n")
    assert values(page) == ["1 000,5", "3", "2", "4", "", ""]
    expect(page.locator("[data-sum]")).to_have_text("1,002.500")
    page.locator("[name=p1]").evaluate(PASTE, "7\n8\n9")  # more than there are rows
    assert values(page) == ["1 000,5", "3", "2", "7", "", "8"]
    page.locator("[name=h2]").fill("x")
    expect(page.locator("[data-sum]")).to_have_text("1,002.500")


def test_a_single_value_is_the_browsers_to_paste(page, site):
    site.opens("grid", GRID)
    assert page.locator("[name=h0]").evaluate(PASTE.replace("input.dispatch", "return input.dispatch"), "5")
    expect(page.locator("[data-sum]")).to_have_text("—")


def test_enter_and_arrows_walk_between_hours(page, site):
    site.opens("grid", GRID)
    page.locator("[name=p0]").focus()
    for key, name in (("Enter", "p1"), ("ArrowDown", "p2"), ("ArrowDown", "p2"), ("ArrowUp", "p1")):
        page.keyboard.press(key)
        expect(page.locator(f"[name={name}]")).to_be_focused()


USED = """<form data-ratio="2"><input id="t1" data-last="100"><input id="t2" data-last="50">
<p id="t1-used" data-word="Used" data-unit="kWh" data-less="Less than before"></p>
<p id="t2-used" data-word="Used" data-unit="kWh" data-less="Less than before"></p>
<p data-total data-word="In all" data-unit="kWh"></p></form>"""


def test_what_was_used_is_worked_out_while_typing(page, site):
    site.opens("used", USED)
    page.evaluate("document.documentElement.lang = 'ru'")
    page.locator("#t1").fill("1 100,25")
    expect(page.locator("#t1-used")).to_have_text("Used: 1\u00a0000,3\u00a0kWh")
    expect(page.locator("[data-total]")).to_have_text("")
    page.locator("#t2").fill("60")
    expect(page.locator("[data-total]")).to_have_text("In all: 2\u00a0020,5\u00a0kWh")
    page.locator("#t2").fill("40")
    expect(page.locator("#t2-used")).to_have_text("Less than before")
    expect(page.locator("#t2-used")).to_have_class("less")
    page.locator("#t2").fill("4o")
    expect(page.locator("#t2-used")).to_have_text("")


DESK = """<button data-hotkey="a" onclick="document.title = 'taken'">Take</button>
<button data-hotkey="r" data-focus="answer" data-pick="mode">Answer</button>
<button data-hotkey="c" disabled>Close</button>
<input type="radio" id="mode"><form data-version="3"><input type="hidden" data-begun>
<textarea id="answer">so</textarea></form>
<button data-hotkey="?" onclick="document.title = 'keys'">?</button>
<button data-desk-row onclick="document.title = 'first'">1</button>
<button data-desk-row onclick="document.title = 'second'">2</button>"""


@pytest.fixture
def desk(page, site):
    """The desk with two tickets, nobody typing."""
    site.opens("cabinet", DESK)
    return page


@pytest.mark.parametrize(("key", "title"), [("a", "taken"), ("?", "keys"), ("j", "first"), ("c", "Cabinet")])
def test_keys_press_the_desks_buttons(desk, key, title):
    desk.keyboard.press(key)
    expect(desk).to_have_title(title)


def test_keys_go_by_their_place_whatever_the_layout(desk):
    desk.evaluate(
        "dispatch = event => document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...event}))"
    )
    desk.evaluate("dispatch({ key: 'ф', code: 'KeyA' })")
    expect(desk).to_have_title("taken")
    desk.evaluate("document.title = ''; dispatch({ key: 'ф', code: 'KeyA', ctrlKey: true })")
    expect(desk).to_have_title("")


def test_keys_walk_through_the_queue_and_stop_at_its_end(desk):
    desk.locator("[data-desk-row]").nth(0).evaluate("row => row.setAttribute('aria-current', 'true')")
    desk.keyboard.press("j")
    expect(desk).to_have_title("second")
    desk.keyboard.press("k")
    expect(desk).to_have_title("first")


def test_a_key_chooses_and_goes_to_the_end_of_the_answer_where_keys_are_letters(desk):
    desk.keyboard.press("r")
    expect(desk.locator("#mode")).to_be_checked()
    expect(desk.locator("#answer")).to_be_focused()
    desk.keyboard.type("a")
    expect(desk.locator("#answer")).to_have_value("soa")
    expect(desk).to_have_title("Cabinet")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    expect(desk).to_have_title("taken")


def test_an_answer_remembers_the_version_it_was_begun_with(desk):
    begun = desk.locator("[data-begun]")
    desk.locator("#answer").fill("a")
    desk.locator("form").evaluate("form => form.setAttribute('data-version', '4')")
    desk.locator("#answer").fill("ab")
    expect(begun).to_have_value("3")
    desk.locator("#answer").fill("")
    expect(begun).to_have_value("")
    desk.locator("#answer").fill("b")
    expect(begun).to_have_value("4")


def test_an_open_ticket_says_so_every_forty_seconds(page, site):
    site.stops_time()
    site.opens("beat", "<button data-beat onclick='document.title += 1'></button>")
    page.clock.run_for(39_000)
    expect(page).to_have_title("Cabinet")
    page.clock.run_for(1_000)
    expect(page).to_have_title("Cabinet1")


def test_arrows_walk_through_what_was_found_and_enter_opens_the_first(page, site):
    links = "".join(f"<a class='found' href='#{n}'>{n}</a>" for n in (1, 2))
    site.opens("finder", f"<div data-finder><input type='search'>{links}</div>")
    page.locator("input").focus()
    for key, place in (
        ("ArrowUp", "input"),
        ("ArrowDown", "a >> nth=0"),
        ("ArrowDown", "a >> nth=1"),
        ("ArrowUp", "a >> nth=0"),
    ):
        page.keyboard.press(key)
        expect(page.locator(place)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#1")

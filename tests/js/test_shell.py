"""What every page has: menus, dialogs, confirmations, the number before the title, copying, the language; help."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

MENUS = """<details data-menu id="a"><summary>A</summary><button class="item">Act</button>
<input aria-label="Day"></details>
<details data-menu id="b"><summary>B</summary><button data-copy="b" data-said="Copied">Copy</button></details>
<p data-copy-status role="status"></p><p>aside</p>"""
DIALOG = """<dialog data-modal><button data-close>Close</button><input type="hidden"><input aria-label="First">
<textarea aria-label="Text"></textarea></dialog>"""


@pytest.fixture
def menus(page, site):
    """Two menus, the first open."""
    site.opens("cabinet", MENUS)
    page.locator("#a summary").click()
    return page


def is_open(page, name):
    return page.locator(f"#{name}").evaluate("menu => menu.open")


def test_a_menu_closes_by_escape_and_gives_the_focus_back(menus):
    menus.get_by_label("Day").focus()
    menus.keyboard.press("Escape")
    assert not is_open(menus, "a")
    expect(menus.locator("#a summary")).to_be_focused()


def test_a_menu_closes_by_another_by_a_click_aside_and_by_its_item(menus):
    menus.get_by_label("Day").click()
    assert is_open(menus, "a")  # a form in it does not
    menus.locator("#b summary").click()
    assert (is_open(menus, "a"), is_open(menus, "b")) == (False, True)
    menus.get_by_text("aside").click()
    assert not is_open(menus, "b")
    menus.locator("#a summary").click()
    menus.get_by_role("button", name="Act").click()
    assert not is_open(menus, "a")
    expect(menus.locator("#a summary")).to_be_focused()


def test_copying_is_told_and_leaves_its_menu_open(menus):
    """The page is no https one: it has no clipboard of its own."""
    menus.locator("#b summary").click()
    menus.get_by_role("button", name="Copy").click()
    expect(menus.get_by_role("status")).to_have_text("Copied")
    expect(menus.get_by_role("button", name="Copy")).to_be_focused()
    assert is_open(menus, "b")


def test_a_dialog_has_the_focus_and_gives_it_back_when_the_page_removes_it(page, site):
    site.opens("cabinet", "<button id='opener'>Open</button>" + MENUS)
    for opener, receiver in (("#opener", "#opener"), ("#a .item", "#a summary")):
        page.locator("#a").evaluate("menu => { menu.open = true }")
        page.locator(opener).focus()
        site.puts(f"<section>{DIALOG}</section>")
        expect(page.get_by_label("First")).to_be_focused()
        assert page.locator("dialog").evaluate("dialog => dialog.matches(':modal')")
        page.locator("section").evaluate("section => section.remove()")
        expect(page.locator(receiver)).to_be_focused()


def test_escape_presses_the_dialogs_own_button_and_leaves_closing_to_the_state(page, site):
    site.opens("dialog", "")
    site.puts(
        DIALOG.replace("<textarea", "<textarea data-first").replace(
            "data-close", "data-close onclick='document.title = 1'"
        )
    )
    page.keyboard.press("Escape")
    expect(page).to_have_title("1")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_confirmation_goes_after_six_seconds_but_not_under_the_pointer(page, site):
    site.stops_time()
    site.opens("toast", "")
    site.puts("<p data-fade>Done <button data-close onclick='this.parentElement.remove()'>x</button></p>")
    page.locator("[data-fade]").hover()
    page.clock.run_for(6000)
    expect(page.locator("[data-fade]")).to_have_count(1)
    page.mouse.move(600, 600)
    page.clock.run_for(6000)
    expect(page.locator("[data-fade]")).to_have_count(0)


def test_the_number_of_unread_notifications_stands_before_any_title(page, site):
    site.opens("unread", "<span data-unread='2'></span>")
    expect(page).to_have_title("(2) Cabinet")
    page.evaluate("document.title = 'Bills'")
    expect(page).to_have_title("(2) Bills")
    page.locator("[data-unread]").evaluate("node => node.setAttribute('data-unread', '0')")
    expect(page).to_have_title("Bills")


def test_a_page_in_english_is_hidden_until_its_words_are_there(page, site):
    site.opens("language", "<button data-lang='en'>EN</button><button data-lang='ru'>RU</button>")
    assert page.evaluate("document.documentElement.className") == ""
    with page.expect_navigation():
        page.get_by_role("button", name="EN").click()
    assert page.evaluate("[document.documentElement.className, document.documentElement.lang]") == ["translating", "en"]
    with page.expect_navigation():
        page.get_by_role("button", name="RU").click()
    assert page.evaluate("document.cookie") == "lang=ru"
    assert page.evaluate("document.documentElement.className") == ""


def test_help_shows_the_topics_with_all_words_typed(page, site):
    topics = "<details data-topic>{}</details>"
    groups = [["Счётчик и тариф", "Счетчик"], ["Оплата"]]
    html = "".join(f"<section data-group>{''.join(topics.format(t) for t in group)}</section>" for group in groups)
    site.opens("filter", f"<input data-filter aria-label='Find'>{html}<p data-nothing hidden>None</p>")
    page.get_by_label("Find").fill("ТАРИФ счетчик")
    assert page.locator("[data-topic]").evaluate_all("all => all.map(one => [one.hidden, one.open])") == [
        [False, True],
        [True, False],
        [True, False],
    ]
    expect(page.locator("[data-group]").nth(1)).to_be_hidden()
    page.get_by_label("Find").fill("nothing such")
    expect(page.get_by_text("None")).to_be_visible()
    page.get_by_label("Find").fill("")
    expect(page.locator("[data-topic]:not([hidden]):not([open])")).to_have_count(3)


def test_what_is_new_is_read_when_it_is_in_view(page, site):
    site.opens("seen", "<div style='height: 3000px'></div>")
    site.puts("<p>News <button data-see hidden onclick='document.title = \"read\"'></button></p>")
    page.wait_for_timeout(200)
    expect(page).to_have_title("Cabinet")
    page.get_by_text("News").scroll_into_view_if_needed()
    expect(page).to_have_title("read")

"""«Обращения» in a real browser (Н-138…Н-147, F-16): from the form to a live answer, drafts, attacks, phones."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PASSWORD, Person, labelled

THEME, TEXT = "Замена прибора учета", "Экран прибора погас, показаний не видно."
PDF = {"name": "паспорт.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script> https://evil.example " + "ы" * 120
LARGE_BUTTONS = """() => {
  const seen = [...document.querySelectorAll(".ticketfoot .btn")].filter(one => one.offsetParent)
  return seen.length && seen.every(one => one.getBoundingClientRect().height >= 44)
}"""


@pytest.fixture
def writer(page: Page, demo) -> Person:
    """Somebody new with the free contract of the demo, on «Обращения»."""
    email = f"writer{time.time_ns()}@example.ru"
    demo.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера")
    person = Person(demo, page, email)
    person.signs_in()
    person.adds_contract("Северогорск Энергосбыт", "Гараж", "7638294118", "garage-box-14")
    expect(page.locator(".contract").first).to_contain_text("Гараж")
    person.goes_to("/tickets")
    expect(page.get_by_text("Обращений пока нет")).to_be_visible()
    return person


def writes(page: Page, theme: str = THEME, text: str = TEXT) -> None:
    """Fill the form."""
    labelled(page, "О чём обращение").select_option(label="Прибор учета, замена")
    labelled(page, r"Тема сообщения \(кратко\)").fill(theme)
    labelled(page, "Краткое описание вопроса").fill(text)


def opens(person: Person, theme: str = THEME, text: str = TEXT) -> int:
    """A ticket by the form; its id."""
    person.goes_to("/tickets/new")
    writes(person.page, theme, text)
    person.page.get_by_role("button", name="СОЗДАТЬ ОБРАЩЕНИЕ").click()
    person.page.wait_for_url(re.compile(r"/tickets/\d+$"))
    return int(person.page.url.rpartition("/")[2])


def answers(person: Person, ticket: int, text: str, *more: str) -> dict:
    """The supplier's command line, another process."""
    return json.loads(person.cabinet.command("ticket", "answer", str(ticket), "--text", text, "--json", *more))


def row(page: Page, theme: str = THEME):
    return page.locator(".ticketrow:visible").filter(has_text=theme)


def test_form_files_and_one_ticket_of_two_clicks(writer):
    """Н-138…Н-142, Н-147, Н-148: contacts prefilled, errors beside fields, №1, «НОВОЕ»."""
    page = writer.page
    page.get_by_role("link", name="Создать обращение").first.click()
    expect(labelled(page, "E-mail")).to_have_value(writer.email)
    page.get_by_role("button", name="СОЗДАТЬ ОБРАЩЕНИЕ").click()
    expect(page.get_by_text("Выберите, о чём обращение")).to_be_visible()
    expect(labelled(page, "О чём обращение")).to_be_focused()
    writes(page)
    page.get_by_role("button", name="Вставить заготовку").click()
    expect(labelled(page, "Краткое описание вопроса")).to_have_value(
        re.compile(f"^{TEXT}\n\nПрошу проверить .*№ 43120033")
    )
    page.locator("input[type=file]").set_input_files(PDF)
    expect(page.locator("li.file.done")).to_contain_text("паспорт.pdf")
    page.get_by_role("button", name="СОЗДАТЬ ОБРАЩЕНИЕ").dblclick()
    expect(page.get_by_role("heading", name=THEME, level=1)).to_be_visible()
    with page.context.expect_page() as file:
        page.get_by_role("link", name="паспорт.pdf").click()
    file.value.close()
    writer.goes_to("/tickets")
    expect(page.locator(".ticketrow:visible")).to_have_count(1)
    expect(row(page)).to_contain_text("№1")
    expect(row(page)).to_contain_text("НОВОЕ")


def test_answer_arrives_by_itself_in_every_browser_of_that_person_and_nobody_elses(writer, new_page, demo):
    """Н-144…Н-146: thread and list follow the supplier's command line; the mark goes when it was seen."""
    ticket, thread, listed = opens(writer), writer.page, new_page()
    Person(demo, listed, writer.email).signs_in()
    listed.goto(demo.url + "/tickets")
    expect(row(listed)).to_contain_text("НОВОЕ")
    writer.goes_to("/points")
    demo.command("ticket", "take", str(ticket))
    expect(row(listed)).to_contain_text("В РАБОТЕ")
    answers(writer, ticket, "Прибор учета заменен", "--signature", "Ольга", "--ask")
    expect(row(listed)).to_contain_text("НОВЫЙ ОТВЕТ")
    expect(row(listed)).to_contain_text("ОЖИДАЕТ ОТВЕТА")
    expect(thread).to_have_title(re.compile(r"^\(1\)"))
    writer.goes_to(f"/tickets/{ticket}")
    expect(thread.locator(".msg.theirs")).to_contain_text("Ольга, Северогорск Энергосбыт")
    expect(row(listed)).not_to_contain_text("НОВЫЙ ОТВЕТ")
    expect(thread).to_have_title(re.compile(r"^Обращение"))
    answers(writer, ticket, "Ещё слово")
    expect(thread.locator(".msg.theirs").last).to_contain_text("Ещё слово")


def test_reply_close_rate_and_open_again(writer):
    ticket, page = opens(writer), writer.page
    labelled(page, "Ваше сообщение").fill("Когда придёт мастер?")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".msg.mine").last).to_contain_text("Когда придёт мастер?")
    expect(labelled(page, "Ваше сообщение")).to_have_value("")
    page.get_by_role("button", name="Закрыть обращение").click()
    page.get_by_role("dialog").get_by_role("button", name="Закрыть обращение").click()
    expect(page.locator(".ticketpage .badge.status").first).to_have_text("ЗАКРЫТО")
    page.get_by_role("radio", name="5 отлично").check(force=True)
    page.get_by_role("button", name="Оценить").click()
    expect(page.get_by_text("Ваша оценка: 5 — отлично")).to_be_visible()
    labelled(page, "Вопрос не решён\\? Напишите, что осталось").fill("Снова погас")
    page.get_by_role("button", name="Открыть снова").click()
    expect(page.locator(".ticketpage .badge.status").first).to_have_text("В РАБОТЕ")
    assert f'"id": {ticket}' in writer.cabinet.command("ticket", "list", "--json")


def test_draft_survives_a_cut_connection_and_goes_at_sign_out(writer, watch):
    """Typed with a connection: on the server; typed without: in this browser; both come back with a notice."""
    page, context = writer.page, writer.page.context
    writer.goes_to("/tickets/new")
    labelled(page, r"Тема сообщения \(кратко\)").press_sequentially("Нет света")
    expect(page.get_by_text("Черновик сохранён", exact=True)).to_be_visible()
    context.set_offline(True)
    labelled(page, "Краткое описание вопроса").press_sequentially("С утра")
    expect(page.get_by_text("Нет связи. Черновик сохранён в этом браузере")).to_be_visible()
    page.close()
    context.set_offline(False)
    writer.page = context.new_page()
    writer.goes_to("/tickets/new")
    expect(labelled(writer.page, "Краткое описание вопроса")).to_have_value("С утра")
    expect(labelled(writer.page, r"Тема сообщения \(кратко\)")).to_have_value("Нет света")
    expect(writer.page.get_by_text("Восстановлено из этого браузера")).to_be_visible()
    writer.page.reload()
    expect(writer.page.get_by_text("Восстановлен черновик")).to_be_visible()
    expect(labelled(writer.page, "Краткое описание вопроса")).to_have_value("С утра")
    writer.page.locator("form[action='/api/logout'] button").first.evaluate("button => button.click()")
    writer.page.wait_for_url("**/login**")
    assert writer.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft.'))") == []
    watch.forget()


def test_markup_is_text_and_long_words_wrap_on_a_phone(writer):
    page = writer.page
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.set_viewport_size({"width": 390, "height": 844})
    ticket = opens(writer, ATTACK[:110], ATTACK)
    page.wait_for_function(LARGE_BUTTONS)
    answers(writer, ticket, ATTACK)
    expect(page.locator(".msg.theirs .said")).to_have_text(ATTACK)
    assert page.locator(".thread img, .thread script, .thread a, h1 img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    writer.goes_to("/tickets")
    expect(row(page, "<img src=x").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_event_of_the_journal_fills_the_form(page, demo):
    """F-3: its words and its point."""
    anna = Person(demo, page, "anna@example.ru")
    anna.signs_in("energo-demo-2026", "/points/3/events")
    page.locator(".evrow").first.click()
    page.locator(".explain").get_by_role("link", name="Создать обращение").click()
    page.wait_for_url("**/tickets/new?**")
    expect(labelled(page, r"Тема сообщения \(кратко\)")).not_to_have_value("")
    expect(labelled(page, "Краткое описание вопроса")).to_have_value(re.compile("прибор учета отметил событие"))
    expect(labelled(page, "Точка учета")).to_have_value("3")

"""The front door: from the first page to one's own contract without its login, help, a supplier's page (Э-1…Э-31)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsing import PASSWORD, enters, labelled, listens


def test_the_named_contract_is_asked_for_and_a_code_to_the_suppliers_address_opens_it(demo, page):
    """Region, class, form, letter, sign-in: number and name are a request, the code is the key (Э-2…Э-48; RC-1)."""
    email, region = "owner@example.org", "Электроснабжение, г. Северогорск"
    page.goto(demo.url)
    listens(page)
    labelled(page, "Регион и услуга").select_option(label=region)
    page.get_by_role("link", name=re.compile("Нежилые помещения")).click()
    page.wait_for_url("**/register?class=premises&region=*")
    fields = {"Полное имя": "Лебедев Борис Ильич", "Номер телефона": "+7 912 345-67-89", "Электронная почта": email}
    fields |= {"Пароль": PASSWORD, "Подтверждение пароля": PASSWORD}
    for label, value in (fields | {"Адрес": "ГСК «Север», бокс 14", "Номер договора": "7638-294-118"}).items():
        labelled(page, label).fill(value)
    for box in page.get_by_role("checkbox").all():
        box.check(force=True)
    activates(page, demo, email)
    enters(page, demo, email, PASSWORD, "/account")
    expect(page.get_by_text("РАССМАТРИВАЕТСЯ")).to_be_visible()
    names_a_contract(page, region, "7638294118")
    page.get_by_role("button", name="Прислать код").click()
    expect(page.get_by_text("код отправлен")).to_be_visible()
    letter = demo.wait_letter("garage@example.ru").get_body(("plain",)).get_content()
    labelled(page, "Код со счёта или из сообщения").fill(re.search(r"[a-z2-9]{4}-[a-z2-9]{4}", letter)[0])
    page.get_by_role("button", name="Подключить по коду").click()
    expect(page.locator(".sidebar").get_by_text("7638-294-118").first).to_be_visible()


def activates(page, demo, email):
    """Send the form, follow the letter, press the second button."""
    page.get_by_role("button", name="Зарегистрироваться").click()
    expect(page.get_by_role("heading", name="Письмо отправлено")).to_be_visible()
    link = demo.link_in_letter(email)
    page.get_by_role("link", name="Открыть почту демонстрации").click()
    expect(page.get_by_role("heading", name="Почта демонстрации")).to_be_visible()
    page.goto(link)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Активировать").click()
    expect(page.get_by_text("Учетная запись успешно активирована")).to_be_visible()


def names_a_contract(page, region, number):
    """The first step of adding a contract by its number on «Учетные данные»."""
    listens(page)
    labelled(page, "Регион и услуга").select_option(label=region)
    labelled(page, "Номер договора или лицевого счёта").fill(number)
    page.get_by_role("button", name="Дальше").click()


def test_everything_is_required_once_a_class_is_chosen(demo, page):
    """Э-20, Э-31."""
    page.goto(f"{demo.url}/register?class=flat")
    listens(page)
    page.get_by_role("button", name="Зарегистрироваться").click()
    for name in ("full_name", "phone", "email", "password", "region", "address", "contract_number"):
        expect(page.locator(f"#{name}")).to_have_attribute("aria-invalid", "true")


def test_help_finds_words_and_says_when_it_does_not(demo, page):
    """Э-51: searchable."""
    page.goto(f"{demo.url}/help")
    listens(page)
    search = page.get_by_role("searchbox", name="Поиск по помощи")
    search.fill("счетчик")
    expect(page.locator("[data-topic]:visible").first).to_contain_text(re.compile("сч[её]тчик", re.IGNORECASE))
    expect(page.get_by_text("Норматив", exact=True)).to_be_hidden()
    search.fill("квазар")
    expect(page.get_by_text("Ничего не нашлось")).to_be_visible()


def test_a_supplier_has_a_page_of_its_own(demo, page):
    """Э-1…Э-3: its regions only, its colour on the main button."""
    page.goto(f"{demo.url}/s/lugovaya")
    expect(page.get_by_text("Луговая энергокомпания", exact=True)).to_be_visible()
    button = page.get_by_role("link", name="Войти в систему").first
    expect(button).to_have_css("background-color", "rgb(47, 111, 62)")
    expect(page.get_by_role("img", name="Знак поставщика")).to_be_visible()


def test_a_refused_request_says_why_and_another_can_be_withdrawn(demo, page):
    """Э-36, Э-55: what the supplier decided."""
    enters(page, demo, "boris@example.ru", "energo-demo-2026", "/account")
    expect(page.get_by_text("Договор 40-11825 оформлен на другого человека")).to_be_visible()
    page.get_by_role("button", name="Отозвать").click()
    expect(page.get_by_text("Заявка отозвана")).to_be_visible()
    expect(page.get_by_text("РАССМАТРИВАЕТСЯ")).to_have_count(0)


def test_six_sections_stand_on_the_start_page_as_in_the_seed(demo, page):
    """Э-54…Э-61: two columns, each tile opens its page under the same name."""
    enters(page, demo, "anna@example.ru", "energo-demo-2026", "/overview")
    tiles = page.get_by_role("navigation", name="Разделы кабинета").get_by_role("link")
    expect(tiles).to_have_count(6)
    names = [tile.locator("b").inner_text() for tile in tiles.all()]
    assert names[::2] == ["Учетные данные", "Данные учета энергоресурсов", "Журналы событий"]
    assert names[1::2] == ["Контроль отклонений", "Сравнение фактических и плановых величин", "Параметры сети"]
    for name in names:
        page.goto(f"{demo.url}/overview")
        page.get_by_role("navigation", name="Разделы кабинета").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_the_frame_names_the_product_and_leads_to_about_help_phone_and_out(demo, page):
    """Э-49…Э-53: «О программе» says version, licence and what it is made of."""
    enters(page, demo, "anna@example.ru", "energo-demo-2026")
    expect(page.locator(".sidebar .brand")).to_contain_text("Кабинет абонента")
    expect(page.get_by_role("link", name="Подключить мобильный клиент").first).to_be_visible()
    expect(page.locator(".sidebar").get_by_role("button", name="Выйти")).to_be_visible()
    page.locator(".sidebar").get_by_role("link", name="Помощь").click()
    expect(page.get_by_role("heading", name="Помощь", level=1)).to_be_visible()
    page.get_by_role("link", name="О программе").click()
    expect(page.get_by_role("heading", name="О программе", level=1)).to_be_visible()
    for words in ("0.1.0", "Apache License 2.0", "reflex"):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()

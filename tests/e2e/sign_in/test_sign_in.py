"""Registration, activation, sign-in, recovery and contracts as a person meets them (Э-16…48, Н-5…50)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import settled
from tests.e2e.conftest import axe_violations
from tests.e2e.looking import Look, faults, fits
from tests.servers import wait_for

PASSWORD = "тихая река 2026"
PUBLIC = ("/", "/register", "/activate", "/login", "/recover", "/reset?key=abc", "/legal/terms", "/legal/personal-data")


def opened(page: Page, url: str) -> Page:
    """The page once React has taken it over."""
    page.goto(url)
    settled(page)
    return page


def apply(page: Page, url: str, email: str, password: str = PASSWORD) -> None:
    """Fill and send the registration form."""
    opened(page, f"{url}/register")
    for label, value in (
        ("Полное имя", "Орлова Вера"),
        ("Номер телефона", "+7 900 000-18-42"),
        ("Электронная почта", email),
    ):
        page.get_by_label(label).fill(value)
    page.locator("#password").fill(password)
    page.locator("#password2").fill(password)
    for box in ("terms", "personal_data"):
        page.locator(f"#{box}").check(force=True)
    page.get_by_role("button", name="Зарегистрироваться").click()


def registered(page: Page, demo, email: str) -> None:
    """An active account, by the mailed link and the second click."""
    apply(page, demo.url, email)
    expect(page.get_by_role("heading", name="Письмо отправлено")).to_be_visible()
    opened(page, demo.link_in_letter(email))
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Активировать").click()
    expect(page.get_by_role("heading", name="Регистрация")).to_be_visible()


def sign_in(page: Page, url: str, email: str, password: str = PASSWORD) -> None:
    """Fill and send the sign-in form."""
    if "/login" not in page.url:
        opened(page, f"{url}/login")
    page.get_by_label("Электронная почта").fill(email)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Войти", exact=True).click()


def test_welcome_leads_by_object_class_to_registration(page, demo):
    """Э-6…19."""
    opened(page, demo.url)
    expect(page.get_by_role("heading", name="Добро пожаловать!")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Жилой дом")).click()
    expect(page).to_have_url(re.compile("class=house"))
    expect(page.locator(".steps .past")).to_contain_text("Жилой дом")
    expect(page.locator("[name=consumer_class]")).to_have_value("house")


def test_register_activate_by_second_click_and_sign_in(page, demo):
    """Э-20…48, Н-9…19."""
    apply(page, demo.url, "vera@example.ru")
    expect(page.locator("main")).to_contain_text("На адрес vera@example.ru отправлено письмо")
    opened(page, demo.link_in_letter("vera@example.ru"))
    expect(page.get_by_label("Код активации")).to_have_value(re.compile(".{32}"))
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Активировать").click()
    expect(page.locator("main")).to_contain_text("Учетная запись успешно активирована. Войти в систему.")
    expect(page).to_have_title("Регистрация")
    page.get_by_role("link", name="Войти в систему.").click()
    sign_in(page, demo.url, "vera@example.ru")
    expect(page).to_have_url(re.compile("/overview"))


def test_opening_the_activation_link_activates_nothing(page, demo):
    """Э-39: mail scanners open links too."""
    apply(page, demo.url, "scan@example.ru")
    expect(page.get_by_role("heading", name="Письмо отправлено")).to_be_visible()
    opened(page, demo.link_in_letter("scan@example.ru"))
    sign_in(page, demo.url, "scan@example.ru")
    expect(page.locator(".auth [role=alert]")).not_to_be_empty()
    assert "/login" in page.url


def test_all_errors_at_once_beside_their_fields(page, demo):
    """Н-15, Э-21, Э-31; the focus goes to the first wrong field, what was typed stays."""
    opened(page, f"{demo.url}/register")
    page.get_by_label("Номер телефона").fill("12")
    page.get_by_role("button", name="Зарегистрироваться").click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(6)
    for key in ("full_name", "phone", "email", "password", "terms", "personal_data"):
        assert page.locator(f"#{page.locator(f'#{key}').get_attribute('aria-describedby')}").inner_text()
    expect(page.locator("#full_name")).to_be_focused()
    assert page.locator("#phone").input_value() == "12"
    assert axe_violations(page) == []


def test_known_address_is_said_and_what_to_do(page, demo):
    """Н-17, Н-18."""
    apply(page, demo.url, "anna@example.ru")
    expect(page.locator("#email-note")).to_have_text("Пользователь с таким E-mail уже существует")
    expect(page.locator("form")).to_contain_text("войдите по действующему логину и паролю")


def test_consents_are_separate_unticked_and_readable(page, demo):
    """Э-29, Э-30, R-37."""
    opened(page, f"{demo.url}/register")
    assert not page.locator("#terms").is_checked() and not page.locator("#personal_data").is_checked()
    with page.expect_popup() as other:
        page.get_by_role("link", name="обработку персональных данных").click()
    expect(other.value.get_by_role("heading", level=1)).to_have_text("Согласие на обработку персональных данных")
    expect(other.value.locator("main")).to_contain_text("Редакция от")


def test_wrong_password_keeps_the_address_and_the_way(page, demo):
    """Э-42…46: the e-mail stays, the password does not, the wanted page is remembered."""
    opened(page, f"{demo.url}/points")
    expect(page).to_have_url(re.compile("/login.*next="))
    sign_in(page, demo.url, "boris@example.ru", "не тот пароль")
    expect(page.locator(".auth [role=alert]")).to_contain_text("Неверный адрес электронной почты или пароль")
    assert page.get_by_label("Электронная почта").input_value() == "boris@example.ru"  # there before the sentence is
    assert page.locator("#password").input_value() == ""
    sign_in(page, demo.url, "boris@example.ru", "energo-demo-2026")
    expect(page).to_have_url(re.compile("/points/?$"))


def test_recover_access_by_letter(page, demo):
    """Э-45, Н-31…33."""
    registered(page, demo, "lost@example.ru")
    opened(page, f"{demo.url}/login")
    page.get_by_role("link", name="Забыли пароль?").click()
    expect(page.get_by_role("heading", name="Восстановление доступа")).to_be_visible()
    page.get_by_label("Электронная почта").fill("lost@example.ru")
    sent = len(demo.letters("lost@example.ru"))
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("heading", name="Письмо отправлено")).to_be_visible()
    wait_letters(demo, "lost@example.ru", sent)
    opened(page, demo.link_in_letter("lost@example.ru"))
    change_password(page, "новый тихий пароль", "новый тихий")
    expect(page.locator("#password2-note")).to_have_text("Введенные пароли должны совпадать.")
    change_password(page, "новый тихий пароль", "новый тихий пароль")
    expect(page.locator("main")).to_contain_text("Пароль изменён")
    sign_in(page, demo.url, "lost@example.ru", "новый тихий пароль")
    expect(page).to_have_url(re.compile("/overview"))


def change_password(page: Page, first: str, second: str) -> None:
    """Fill and send the form for a new password."""
    page.locator("#password").fill(first)
    page.locator("#password2").fill(second)
    page.get_by_role("button", name="Сохранить пароль").click()


def wait_letters(demo, to: str, more_than: int) -> None:
    """Until another letter has come."""
    wait_for(lambda: len(demo.letters(to)) > more_than, 45, "another letter")


@pytest.mark.parametrize("query", ["error=<b>x</b>", "error=__proto__", "error=wrong_credentials%00"])
def test_unknown_error_codes_get_a_general_sentence(page, demo, query):
    """What the address says is never believed and never shown."""
    opened(page, f"{demo.url}/login?{query}")
    expect(page.locator(".auth [role=alert]")).to_have_text("Что-то пошло не так. Попробуйте ещё раз.")


def test_minutes_of_the_address_are_digits_or_nothing(page, demo):
    opened(page, f"{demo.url}/login?error=too_many_attempts&minutes=<i>9")
    expect(page.locator(".auth [role=alert]")).to_contain_text("Повторите через 15 мин.")


def test_signed_in_visitor_is_offered_the_cabinet_and_signs_out(page, demo):
    """Н-34…36."""
    sign_in(page, demo.url, "anna@example.ru", "energo-demo-2026")
    expect(page).to_have_url(re.compile("/overview"))
    opened(page, demo.url)
    expect(page.get_by_role("link", name="Перейти в кабинет")).to_be_visible()
    page.get_by_role("link", name="Перейти в кабинет").click()
    page.get_by_label("Профиль пользователя").first.click()
    page.locator(".topbar").get_by_role("button", name="Выйти").click()
    expect(page).to_have_url(re.compile("/login"))
    opened(page, f"{demo.url}/points")
    expect(page).to_have_url(re.compile("/login"))


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_accessible_and_fit(new_page, demo, path):
    page = new_page(viewport=Look(320).size)
    opened(page, demo.url + path)
    assert fits(page)
    assert faults(page, (Look(390, "dark"), Look(1440))) == {}
    assert page.title() and page.locator("meta[name=description]").get_attribute("content")


def test_unknown_address_has_our_page_and_status_404(page, demo, watch):
    answer = page.goto(f"{demo.url}/no/such/page")
    assert answer is not None and answer.status == 404
    expect(page.get_by_role("heading", name="Страница не найдена")).to_be_visible()
    watch.forget()


def test_language_is_switched_with_the_page_and_kept(page, demo):
    opened(page, f"{demo.url}/login")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page).to_have_title("Sign in")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    opened(page, f"{demo.url}/register")
    page.get_by_role("button", name="Register").click()
    expect(page.locator("#full_name-note")).to_have_text("Fill in this field")
    page.eval_on_selector_all("option", "all => all.forEach(region => region.remove())")  # a supplier's own words
    assert not re.search("[а-яё]", page.locator("main").inner_text(), re.I)


def test_colour_mode_is_switched_and_kept(new_page, demo):
    page = new_page(color_scheme="light")
    opened(page, f"{demo.url}/login")
    page.get_by_role("button", name="Светлая или тёмная тема").click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    page.reload()
    expect(page.locator("html")).to_have_class(re.compile("dark"))


def test_password_is_shown_on_demand(page, demo):
    opened(page, f"{demo.url}/login")
    page.locator("#password").fill("тайна")
    page.get_by_role("button", name="Показать пароль").click()
    expect(page.locator("#password")).to_have_attribute("type", "text")


def test_sign_in_by_keyboard_alone(page, demo):
    opened(page, f"{demo.url}/login")
    page.locator("#email").focus()
    page.keyboard.type("boris@example.ru")
    page.keyboard.press("Tab")
    page.keyboard.type("energo-demo-2026")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/overview"))

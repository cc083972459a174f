"""A person at a browser: what they do, in the words of the interface."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.cabinet import Cabinet

PASSWORD = "Сирень-цветёт-7"
LISTENS = 'Object.keys(document.querySelector("main") || {}).some(key => key.startsWith("__reactProps"))'
SETTLED = """() => {
  const listens = () => !window.__reactRouterContext || LISTENS;  // a page of no app has nobody to listen
  if (!window.movedAt) {
    const clock = (move) => move.target.closest && move.target.closest("[data-countdown]");
    new MutationObserver((moves) => { if (!moves.every(clock)) window.movedAt = performance.now() })
      .observe(document, {subtree: true, childList: true, characterData: true});
    window.movedAt = performance.now();
  }
  return performance.now() - window.movedAt > 500
    && document.readyState === "complete" && listens() && document.fonts.status === "loaded"
    && !document.querySelector(".skel, [aria-busy=true]")
    && [...document.images].every(image => image.complete || image.loading === "lazy")
    && [...document.querySelectorAll(".chart[role=img]")].every(chart => chart.querySelector(".main-svg"));
}""".replace("LISTENS", LISTENS)


@dataclass
class Person:
    """Somebody with a browser of their own."""

    cabinet: Cabinet
    page: Page
    email: str
    name: str = "Иванова Мария Петровна"

    def goes_to(self, path: str) -> None:
        """Open an address and wait until the page listens to clicks."""
        self.page.goto(self.cabinet.url + path)
        listens(self.page)

    def registers(self) -> None:
        """From the welcome page to «Письмо отправлено» (Э-20…32)."""
        self.goes_to("/")
        self.page.get_by_role("link", name="Зарегистрироваться").first.click()
        self.page.wait_for_url("**/register**")
        listens(self.page)
        fields = {"Полное имя": self.name, "Номер телефона": "+7 912 345-67-89", "Электронная почта": self.email}
        for label, value in (fields | {"Пароль": PASSWORD, "Подтверждение пароля": PASSWORD}).items():
            labelled(self.page, label).fill(value)
        for box in self.page.get_by_role("checkbox").all():
            assert not box.is_checked()
            box.check(force=True)
        self.page.get_by_role("button", name="Зарегистрироваться").click()
        expect(self.page.get_by_role("heading", name="Письмо отправлено")).to_be_visible()

    def activates(self) -> None:
        """By the link of the letter (Э-33…40)."""
        self.page.goto(self.cabinet.link_in_letter(self.email))
        expect(labelled(self.page, "Код активации")).not_to_have_value("")
        self.page.locator("#password").fill(PASSWORD)
        self.page.get_by_role("button", name="Активировать").click()
        expect(self.page.get_by_text("Учетная запись успешно активирована")).to_be_visible()

    def signs_in_by_the_form(self, password: str = PASSWORD) -> None:
        """At /login, landing on «Главная» (Э-41…44), then to «Точки учета»."""
        self.goes_to("/login")
        labelled(self.page, "Электронная почта").fill(self.email)
        labelled(self.page, "Пароль").fill(password)
        self.page.get_by_role("button", name="Войти", exact=True).click()
        self.page.wait_for_url("**/overview**")
        expect(self.page.get_by_role("heading", name="Добро пожаловать", level=1)).to_be_visible()
        self.page.locator("a[href='/points']:visible").first.click()
        expect(self.page.get_by_role("heading", name="Точки учета", level=1)).to_be_visible()

    def signs_in(self, password: str = PASSWORD, to: str = "/points") -> None:
        """Be signed in, where the test begins."""
        enters(self.page, self.cabinet, self.email, password, to)
        listens(self.page)

    def adds_contract(self, supplier: str, title: str, login: str, password: str) -> None:
        """«Добавить договор» with the supplier's credentials (Н-21…30)."""
        listens(self.page)
        self.page.get_by_role("button", name="Добавить договор").first.click()
        dialog = self.page.get_by_role("dialog", name="Добавить договор")
        labelled(dialog, "Поставщик").select_option(label=supplier)
        for label, value in {"Название": title, "Логин": login, "Пароль": password}.items():
            labelled(dialog, label).fill(value)
        dialog.get_by_role("button", name="Добавить", exact=True).click()

    def opens_point(self, name: str) -> None:
        """From the list to «Общая информация» (Н-63…97)."""
        self.page.get_by_role("link", name=name).first.click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def opens_tab(self, name: str) -> None:
        """Another tab of the point."""
        tabs = self.page.get_by_role("navigation", name="Разделы точки учета")
        tabs.get_by_role("link", name=name, disabled=False).click()


def labelled(scope: Page | Locator, label: str) -> Locator:
    """The field with a label, with or without the star of a required one."""
    return scope.get_by_label(re.compile(rf"^{label}( \*)?$"))


def listens(page: Page) -> None:
    """Wait until React has taken over the prerendered page: earlier clicks are lost."""
    page.wait_for_function(f"() => {LISTENS}", polling=50)


def settled(page: Page) -> None:
    """Wait until the page listens, shows all it has, charts and pictures too, and has not moved for half a second.

    Not `wait_for_load_state("networkidle")`: on a slow machine that may never come (playwright issue 42598).
    """
    page.wait_for_function(SETTLED, polling=100)


def falls_silent(page: Page, sent: list[str | bytes]) -> None:
    """Wait until the tab has sent nothing for half a second, then forget what it sent; `sent` is its own list."""
    seen = -1
    while seen != len(sent):
        seen = len(sent)
        page.wait_for_timeout(500)
    sent.clear()


def enters(page: Page, cabinet: Cabinet, email: str, password: str, to: str = "") -> None:
    """Sign in as the form of /login does, without drawing it, and open `to`, or where that leads."""
    form = {"email": email, "password": password}
    answer = page.request.post(f"{cabinet.url}/api/login", form=form, headers={"Origin": cabinet.url}, max_redirects=0)
    place = answer.headers["location"]
    assert answer.status == 303 and "error=" not in place, place
    page.goto(cabinet.url + (to or place))

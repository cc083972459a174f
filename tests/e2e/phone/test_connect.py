"""A phone joins by the code on the computer's screen, in two browsers (Э-63…72; issue part 3 and 4)."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from energo_cabinet.components.phone.phone import picture_of
from tests.e2e.browsing import PASSWORD, Person, enters, falls_silent, listens
from tests.e2e.cabinet import running_cabinet
from tests.e2e.conftest import FLAGS, Watch, axe_violations
from tests.e2e.phone.film import film_of, text_in
from tests.preparation import browser as installed_browser
from tests.servers import wait_for

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "ru-RU"}
SENTENCE = (
    'Запустите мобильное приложение, нажмите кнопку "Войти через Web-кабинет" и наведите камеру на квадрат с рисунком.'
)


@pytest.fixture
def desk(page: Page, demo) -> Person:
    """Somebody at the computer, on «Подключить мобильный клиент»."""
    email = f"phone{time.time_ns()}@example.ru"
    demo.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера")
    person = Person(demo, page, email)
    person.goes_to("/login")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.get_by_role("link", name="Подключить мобильный клиент").click()
    expect(page.locator(".pairqr")).to_be_visible()
    return person


@pytest.fixture
def phone_with(playwright: Playwright, watch: Watch) -> Iterator[Callable[[Path], Page]]:
    """A phone-sized Chromium whose camera shows a film."""
    opened: list[Browser] = []

    def make(film: Path) -> Page:
        camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        flags = [*FLAGS, *camera, "--use-fake-ui-for-media-stream"]
        opened.append(playwright.chromium.launch(executable_path=installed_browser(), args=flags))
        context = watch.watched(opened[-1].new_context(**PHONE))
        context.set_default_timeout(45_000)
        return context.new_page()

    yield make
    for browser in opened:
        browser.close()


@pytest.fixture
def phone(new_page) -> Page:
    """A phone whose camera is refused."""
    return new_page(**PHONE)


def at_front(page: Page, demo) -> Page:
    """The phone's own front."""
    page.goto(demo.url + "/mobile")
    listens(page)
    expect(page.get_by_role("heading", name="Вход", exact=True)).to_be_visible()
    return page


def types_code(phone: Page, code: str) -> None:
    """«ВОЙТИ ЧЕРЕЗ WEB-КАБИНЕТ >», no camera, the code by hand."""
    phone.get_by_role("button", name="Войти через Web-кабинет >").click()
    phone.get_by_label("Код с экрана компьютера").fill(code)
    phone.get_by_role("button", name="Войти по коду").click()


def is_in(phone: Page) -> None:
    """Inside the cabinet, nothing typed."""
    phone.wait_for_url("**/overview**")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()


def test_by_camera_without_a_password_and_shut_out_again(desk, demo, phone_with, tmp_path, watch):
    """Э-65…72: the sentence, the picture, the camera, «Подтвердить», the cabinet; then «Отключить»."""
    page = desk.page
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    phone = at_front(phone_with(film_of(page.locator(".pairqr"), tmp_path / "code.y4m")), demo)
    phone.get_by_role("button", name="Войти через Web-кабинет >").click()
    expect(phone.get_by_text("Подтвердите вход на компьютере")).to_be_visible()
    expect(page.get_by_text("Android, Chrome").or_(page.get_by_text("Linux, Chrome"))).to_be_visible()
    expect(page.locator(".checknumber")).to_have_text(phone.locator(".checknumber").inner_text())
    assert "/mobile" in phone.url
    page.get_by_role("button", name="Подтвердить").click()
    is_in(phone)
    expect(page.get_by_text("Телефон подключён")).to_be_visible()
    page.locator(".phones").get_by_role("button", name="Отключить").click()
    page.get_by_role("dialog").get_by_role("button", name="Отключить").click()
    expect(page.get_by_text("Пока ни одного")).to_be_visible()
    with phone.expect_response("**/api/v1/snapshot") as refused:
        phone.goto(demo.url + "/points")
    assert refused.value.status == 401
    phone.wait_for_url(re.compile("/login"))
    phone.context.close()
    watch.forget()  # what the phone asked for was 401 by then


def test_the_phones_own_camera_opens_the_same_address(desk, demo, phone):
    """The picture's link, opened by whatever read it, claims the code and leaves the address; then «Отклонить»."""
    page = desk.page
    link = text_in(page.locator(".pairqr"))
    assert link.startswith(f"{demo.url}/mobile#c=")
    phone.goto(link)
    expect(phone.get_by_text("Подтвердите вход на компьютере")).to_be_visible()
    assert "#" not in phone.url
    page.get_by_role("button", name="Отклонить").click()
    expect(phone.get_by_text("На компьютере вход с этого телефона отклонён.")).to_be_visible()
    expect(page.get_by_text("Телефон в кабинет не вошёл.")).to_be_visible()


def test_without_a_camera_it_says_why_and_takes_a_typed_code(desk, demo, phone):
    """Refusal explained, the way out works; the same code is worth nothing on a second phone."""
    code = desk.page.locator(".typed code").inner_text()
    at_front(phone, demo).get_by_role("button", name="Войти через Web-кабинет >").click()
    expect(phone.get_by_text("Нет доступа к камере").or_(phone.get_by_text("Камера не найдена"))).to_be_visible()
    assert axe_violations(phone) == []
    phone.get_by_role("button", name="Назад").click()
    types_code(phone, code)
    expect(desk.page.get_by_text("Телефон просит войти")).to_be_visible()
    second = at_front(phone.context.new_page(), demo)
    types_code(second, code)
    expect(second.get_by_text("Этот код уже использован")).to_be_visible()
    desk.page.get_by_role("button", name="Подтвердить").click()
    is_in(phone)


def test_another_picture_is_no_sign_in(demo, new_page, phone_with, tmp_path):
    other = new_page()
    other.set_content(f'<img class="pairqr" width="400" src="{picture_of("WIFI:S:home;T:WPA;P:secret;;")}">')
    phone = at_front(phone_with(film_of(other.locator(".pairqr"), tmp_path / "wifi.y4m")), demo)
    phone.get_by_role("button", name="Войти через Web-кабинет >").click()
    expect(phone.get_by_text("В этом QR-коде нет входа в кабинет")).to_be_visible()
    phone.get_by_role("button", name="Назад").click()
    expect(phone.get_by_role("heading", name="Вход", exact=True)).to_be_visible()


def test_password_and_server_on_the_phone(desk, demo, phone):
    """Э-67…69: «СЕРВЕР» is filled in, a wrong one is said, another one is opened; then «ВОЙТИ»."""
    at_front(phone, demo)
    server = phone.get_by_label("Сервер")
    expect(server).to_have_value(demo.url.removeprefix("http://"))
    phone.get_by_label("E-mail").fill(desk.email)
    phone.locator("#password").fill(PASSWORD)
    server.fill("не адрес")
    phone.get_by_role("button", name="Войти", exact=True).click()
    expect(phone.get_by_text("Проверьте адрес: он должен быть вида")).to_be_visible()
    server.fill(demo.url.replace("localhost", "127.0.0.1"))
    phone.get_by_role("button", name="Войти", exact=True).click()
    phone.wait_for_url(re.compile(r"//127\.0\.0\.1:\d+/mobile"))
    at_front(phone, demo)
    phone.get_by_label("E-mail").fill(desk.email)
    phone.locator("#password").fill(PASSWORD)
    phone.get_by_role("button", name="Войти", exact=True).click()
    is_in(phone)
    expect(desk.page.locator(".phones li")).to_have_count(1)


def test_the_camera_is_allowed_on_the_phones_page_alone(page, demo):
    policies = {p: page.request.get(demo.url + p).headers["permissions-policy"] for p in ("/mobile", "/", "/login")}
    assert "camera=(self)" in policies["/mobile"]
    assert all("camera=()" in policies[path] for path in ("/", "/login"))
    manifest = page.request.get(demo.url + "/api/mobile/manifest.webmanifest").json()
    assert (manifest["name"], manifest["display"], manifest["start_url"]) == ("Энерго Кабинет", "standalone", "/mobile")
    assert all(page.request.get(demo.url + icon["src"]).ok for icon in manifest["icons"])


def test_the_code_renews_itself_and_the_browser_asks_for_nothing(built, page, tmp_path):
    """Э-72: a code of two seconds here; a new picture is pushed, the tab sends no event meanwhile."""
    sent: list[str | bytes] = []
    with running_cabinet(tmp_path, "--empty", ENERGO_PAIRING_CODE_SECONDS="2") as cabinet:
        cabinet.command("user", "add", "--email", "v@example.ru", "--password", PASSWORD, "--name", "Орлова Вера")
        enters(page, cabinet, "v@example.ru", PASSWORD)
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
        page.goto(cabinet.url + "/connect")
        seen = [page.locator(".pairqr").get_attribute("src")]
        falls_silent(page, sent)
        for _ in range(2):
            expect(page.locator(".pairqr")).not_to_have_attribute("src", seen[-1])
            seen.append(page.locator(".pairqr").get_attribute("src"))
        page.close()
    assert len(set(seen)) == 3
    assert [frame for frame in sent if frame not in ("2", "3")] == []


KEPT = """() => new Promise((resolve) => {
  const request = indexedDB.open("energo-offline", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("kept");
  request.onsuccess = () => {
    const all = request.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => resolve(JSON.stringify(all.result));
  };
})"""
FILES = """async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  return (await Promise.all(stores.map((store) => store.keys()))).flat().map((request) => request.url);
}"""


@pytest.fixture
def due_today(demo) -> Iterator[None]:
    """The window of readings opens today: the demo's last reading, of the 25th, lies before it in every month."""
    set_window = "UPDATE supplier SET reading_first_day = ? WHERE reading_last_day = 31 AND zone_name = ?"
    with sqlite3.connect(demo.data_dir / "cabinet.db") as db:
        zones = [zone for (zone,) in db.execute("SELECT DISTINCT zone_name FROM supplier")]
        db.executemany(set_window, [(datetime.now(ZoneInfo(zone)).day, zone) for zone in zones])
    yield
    with sqlite3.connect(demo.data_dir / "cabinet.db") as db:
        db.executemany(set_window, [(1, zone) for zone in zones])


@pytest.fixture
def kept_phone(browser: Browser, demo) -> Iterator[Page]:
    """Анна's phone, signed in at its own front, with its data kept."""
    context = browser.new_context(**PHONE)
    context.set_default_timeout(45_000)
    page = at_front(context.new_page(), demo)
    page.get_by_label("E-mail").fill("anna@example.ru")
    page.locator("#password").fill("energo-demo-2026")
    page.get_by_role("button", name="Войти", exact=True).click()
    is_in(page)
    page.wait_for_function("() => !!navigator.serviceWorker.controller")
    wait_for(lambda: "words" in page.evaluate(KEPT), 45, "the data kept on the phone")
    yield page
    context.close()


def test_without_a_network_the_last_data_open_and_say_how_old_they_are(due_today, kept_phone, demo):
    """Home page, a point and its charts; a reading waits through a reload and is sent once there is a network."""
    page = kept_phone
    page.context.set_offline(True)
    page.goto(demo.url + "/overview")
    expect(page.get_by_text("Нет сети")).to_be_visible()
    expect(page.get_by_text(re.compile("Последние данные на .* \\("))).to_be_visible()
    expect(page.locator("figure svg").first).to_be_visible()
    page.goto(demo.url + "/points/2")
    page.locator(".offline-page form input").first.fill("99999")
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_text("Записано, ждёт сети")).to_be_visible()  # said once it is kept
    page.reload()
    expect(page.get_by_text("Записано, ждёт сети")).to_be_visible()
    assert axe_violations(page) == []
    page.context.set_offline(False)
    page.goto(demo.url + "/overview")
    expect(page.locator(".offline-note")).to_be_visible()


def test_signing_out_leaves_nothing_on_the_phone(kept_phone, demo):
    """Neither data nor files; the worker never kept a page, an answer of REST or the sign-in."""
    page = kept_phone
    assert "Лесной" in page.evaluate(KEPT)
    assert not [url for url in page.evaluate(FILES) if re.search("/(api|_event|login|overview|points)", url)]
    page.locator(".phonebar details").last.click()
    page.locator(".phonebar form[action='/api/logout'] button").click()
    page.wait_for_url(re.compile("/mobile"))
    wait_for(lambda: page.evaluate(KEPT) == "[]", 45, "nothing kept any more")
    wait_for(lambda: page.evaluate(FILES) == [], 45, "no files either")
    workers = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    wait_for(lambda: page.evaluate(workers) == 0, 45, "no worker either")

"""Issue's first paragraph: import, register, activate, sign in, link a contract, see consumption and load profile."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import SHARED
from tests.e2e.browsing import Person
from tests.e2e.cabinet import Cabinet
from tests.e2e.conftest import axe_violations
from tests.formats.maket_writer import Channel, maket

DAY = datetime.now(ZoneInfo("Europe/Moscow")).date() - timedelta(days=1)
SUPPLIER = ("--supplier", "polus")
LOGIN = {"supplier": "Полюс Энергосбыт", "login": "polus-17", "password": "ledokol-17"}
POINT, TABLE_POINT = "500000000000017", "H-17"


@pytest.fixture(scope="module")
def supplied(cabinet: Cabinet, tmp_path_factory: pytest.TempPathFactory) -> Cabinet:
    """A supplier whose contract 17 has a point of an 80020 file and one of an interval table."""
    folder = tmp_path_factory.mktemp("files")
    files = [_maket(folder), *_table(folder)]
    cabinet.command("supplier", "add", "--code", "polus", "--name", LOGIN["supplier"])
    for name, *options in ([str(files[0])], [str(files[1]), "--point", TABLE_POINT]):
        report = json.loads(cabinet.command("import", name, *SUPPLIER, "--create-points", *options, "--json"))
        assert report["errors"] == [] and report["stored"] == report["values"] > 0
    credentials = ("--login", LOGIN["login"], "--password", LOGIN["password"])
    cabinet.command("contract", "add", *SUPPLIER, "--number", "17", *credentials, "--points", POINT, TABLE_POINT)
    return cabinet


@pytest.fixture(scope="module")
def mail() -> str:
    """The person's address."""
    return "maria@example.ru"


def test_from_registration_to_charts(supplied, new_page, mail):
    """Э-20…48, Н-5…30, Н-63…102."""
    person = Person(supplied, new_page(), mail)
    person.registers()
    person.activates()
    person.signs_in_by_the_form()
    person.adds_contract(LOGIN["supplier"], "Дом", LOGIN["login"], LOGIN["password"])
    person.opens_point(TABLE_POINT)
    _sees_passport(person.page)
    _sees_consumption(person)
    _sees_load_profile(person)


def test_a_second_user_sees_none_of_it(supplied, new_page):
    """Н-24: a stranger learns not even that the point exists."""
    supplied.command("user", "add", "--email", "oleg@example.ru", "--password", "Подсолнух-41", "--name", "Олег")
    stranger = Person(supplied, new_page(), "oleg@example.ru")
    stranger.signs_in("Подсолнух-41")
    expect(stranger.page.get_by_text("Договоров пока нет")).to_be_visible()
    for tab in ("", "/readings", "/load-profile"):
        stranger.goes_to(f"/points/1{tab}")
        expect(stranger.page.get_by_text("Такой точки учета нет")).to_be_visible()
        assert TABLE_POINT not in stranger.page.content()
    answer = stranger.page.request.get(f"{supplied.url}/api/points/1/load-profile.csv?first={DAY}&last={DAY}")
    assert answer.status == 404


def test_an_anonymous_visitor_is_sent_to_sign_in(supplied, new_page):
    """Э-41."""
    page = new_page()
    page.goto(f"{supplied.url}/points")
    page.wait_for_url("**/login**")


@pytest.mark.skipif(
    not (SHARED / "data").exists(), reason="the real files are not beside the checkout (../shared/data)"
)
def test_real_files_are_shown(cabinet, new_page):
    """A day file of АльфаЦЕНТР as it came from the field: 28 points, 78 channels."""
    number, total_kwh = _import_real_file(cabinet)
    credentials = ("--login", "a1", "--password", "alfa-1-pass")
    cabinet.command("contract", "add", "--supplier", "alfa", "--number", "A1", *credentials, "--points", number)
    cabinet.command("user", "add", "--email", "vera@example.ru", "--password", "Черёмуха-52", "--name", "Вера")
    person = Person(cabinet, new_page(), "vera@example.ru")
    person.signs_in("Черёмуха-52")
    person.adds_contract("Альфа Сбыт", "Завод", "a1", "alfa-1-pass")
    person.page.get_by_role("link", name="Подробнее").first.click()
    person.opens_tab("Профиль мощности")
    _chart_is_drawn(person.page)
    shown = f"{total_kwh:,.1f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    expect(person.page.locator(".stat", has_text="Энергия")).to_contain_text(shown)


def _import_real_file(cabinet: Cabinet) -> tuple[str, int]:
    """Import it; number and A+ of its first point that consumed anything."""
    cabinet.command("supplier", "add", "--code", "alfa", "--name", "Альфа Сбыт")
    file = next((SHARED / "data" / "maket_80020").glob("ae711e_654591*"))
    report = json.loads(cabinet.command("import", str(file), "--supplier", "alfa", "--create-points", "--json"))
    assert (report["points"], report["channels"], report["errors"]) == (28, 78, [])
    points = ElementTree.fromstring(file.read_bytes()).iter("measuringpoint")
    totals = {p.get("code", ""): sum(int(v.text or 0) for v in p.findall("*[@code='01']/period/value")) for p in points}
    return next((number, total) for number, total in totals.items() if total)


def _sees_passport(page: Page) -> None:
    expect(page.get_by_text("Номер точки учета")).to_be_visible()
    expect(page.get_by_text(TABLE_POINT).first).to_be_visible()
    expect(page.get_by_text("—").first).to_be_visible()


def _sees_consumption(person: Person) -> None:
    """12.0 kWh a day: 48 half-hours of 0.25."""
    person.opens_tab("Показания")
    person.page.get_by_role("link", name="Дни", exact=True).click()
    _chart_is_drawn(person.page)
    expect(person.page.get_by_role("cell", name=re.compile(r"^12(,0+)?$")).first).to_be_visible()


def _sees_load_profile(person: Person) -> None:
    person.opens_tab("Профиль мощности")
    _chart_is_drawn(person.page)
    expect(person.page.get_by_text("пришло 48 из 48")).to_have_count(3)
    expect(person.page.get_by_role("cell", name="0,250")).not_to_have_count(0)
    person.page.get_by_role("link", name="60 мин").click()
    expect(person.page).to_have_url(re.compile("step=60"))
    _chart_is_drawn(person.page)
    assert axe_violations(person.page) == []


def _chart_is_drawn(page: Page) -> None:
    expect(page.locator(".js-plotly-plot .trace").first).to_be_attached()


def _maket(folder: Path) -> Path:
    file = folder / "80020_17.xml"
    day = f"{DAY:%Y%m%d}"
    file.write_bytes(maket({POINT: [Channel("01", [5] * 48), Channel("03", [2] * 48)]}, day=day))
    return file


def _table(folder: Path) -> list[Path]:
    """Three days of 0.25 kWh a half-hour, in the project's own layout."""
    file = folder / "house.csv"
    first = DAY - timedelta(days=2)
    stamps = [f"{first + timedelta(days=i // 48)}T{i % 48 // 2:02}:{i % 2 * 30:02}" for i in range(3 * 48)]
    file.write_text("start;A+\n" + "".join(f"{stamp};0.25\n" for stamp in stamps))
    return [file]

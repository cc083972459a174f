"""What the demo shows: two invented suppliers, their tariffs, contracts, points and meters. Plain tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from energo_cabinet.models import Channel, ConsumerClass, TariffZone

T1, T2, T3 = TariffZone.T1, TariffZone.T2, TariffZone.T3
SOURCE = "Пример для демонстрации: население, дома с газовыми плитами, диапазон I"


@dataclass(frozen=True)
class Place:
    """A metering point with its meter; `curve` names a load of `curves.CURVES`; `is_manual`: read once a month."""

    number: str
    name: str
    where: str
    serial: str
    model: str
    curve: str
    tariff: str
    registry: str = ""
    accuracy: str = "1"
    voltage: str = "230 В"
    current: str = "5/60 А"
    zones: int = 1
    ratio: int = 1
    channels: tuple[str, ...] = (Channel.A_PLUS,)
    is_manual: bool = False
    installed_on: date = date(2021, 4, 12)
    verified_on: date | None = date(2021, 3, 2)
    verify_by: date | None = date(2037, 3, 1)
    limit_kw: Decimal | None = None
    norm_day_kwh: Decimal = Decimal(0)


@dataclass(frozen=True)
class Agreement:
    """A contract at a supplier; `linked`: e-mail → title in that person's sidebar.

    `contact`: the address that the supplier itself knows.
    """

    supplier: str
    number: str
    customer: str
    address: str
    consumer_class: ConsumerClass
    login: str
    password: str
    places: tuple[Place, ...]
    linked: dict[str, str] = field(default_factory=dict)
    contact: str = ""


SUPPLIERS = (
    ("severogorsk", "Северогорск Энергосбыт", "Europe/Moscow", "help@energo.example", "8 800 555-00-61"),
    ("lugovaya", "Луговая энергокомпания", "Europe/Samara", "help@lugovaya.example", "8 800 555-00-62"),
)

ZONES = {
    "one": ((0, 1440, T1),),
    "two": ((0, 420, T2), (420, 1380, T1), (1380, 1440, T2)),
    "three": ((0, 420, T2), (420, 600, T1), (600, 1020, T3), (1020, 1260, T1), (1260, 1380, T3), (1380, 1440, T2)),
}
"""Minutes of the local day by zone: day 07–23, night 23–07; peak 07–10 and 17–21, half-peak between (R-24)."""

TARIFFS = {
    "one": ("Однозонный, население", {T1: "4.93"}),
    "two": ("Двухзонный, население", {T1: "4.93", T2: "2.96"}),
    "three": ("Трёхзонный, население", {T1: "4.93", T3: "4.68", T2: "2.96"}),
    "business": ("Первая ценовая категория", {T1: "9.47"}),
}
"""Code → name and ₽/kWh of each zone (R-25); every supplier gets all of them."""

ANNA, BORIS = "anna@example.ru", "boris@example.ru"
PASSWORD = "energo-demo-2026"  # noqa: S105
PEOPLE = ((ANNA, "Соколова Анна Викторовна"), (BORIS, "Лебедев Борис Ильич"))

FLAT = Place(
    "СГ-2042-01", "Квартира 42, ввод", "Этажный щит, 4 этаж", "43118204", "Меркурий 204 ARTM-02", "flat", "two",
    registry="75755-19", zones=2, limit_kw=Decimal(11), norm_day_kwh=Decimal(9),
)  # fmt: skip
HOUSE = Place(
    "ЛГ-0412-01", "Дача, ввод", "Щит на опоре 14", "07731955", "Меркурий 201.8", "house", "one",
    registry="24411-18", is_manual=True, installed_on=date(2014, 6, 1), verified_on=None, verify_by=None,
)  # fmt: skip
GARAGE = Place(
    "СГ-0118-14", "Бокс 14, ввод", "Щит гаражного кооператива", "43120033", "Нартис-И100", "garage", "three",
    registry="86199-22", zones=3, limit_kw=Decimal(5),
)  # fmt: skip
OFFICE = tuple(
    Place(
        number, name, where, serial, "Меркурий 234 ARTM2-03", curve, "business", registry="75755-19",
        accuracy="0,5S/1", voltage="3×230/400 В", current="5/10 А", ratio=40, limit_kw=limit,
        channels=(Channel.A_PLUS, Channel.R_PLUS),
        verified_on=date(2019, 11, 20), verify_by=date(2027, 1, 15),
    )
    for number, name, where, serial, curve, limit in (
        ("СГ-1204-01", "Ввод 1, этажи 1–2", "ГРЩ, панель 1", "44200711", "office-1", Decimal(60)),
        ("СГ-1204-02", "Ввод 2, этаж 3", "ГРЩ, панель 2", "44200712", "office-2", Decimal(45)),
        ("СГ-1204-03", "Вентиляция", "Венткамера", "44200713", "ventilation", Decimal(20)),
    )
)  # fmt: skip

AGREEMENTS = (
    Agreement(
        "severogorsk", "7638-294-061", "Соколова Анна Викторовна", "г. Северогорск, ул. Лесная, 18, кв. 42",
        ConsumerClass.FLAT, "7638294061", "lesnaya-18-42", (FLAT,), {ANNA: "Квартира на Лесной"},
    ),
    Agreement(
        "lugovaya", "40-11825", "Соколова Анна Викторовна", "с. Луговое, ул. Садовая, 7",
        ConsumerClass.HOUSE, "40-11825", "sadovaya-7", (HOUSE,), {ANNA: "Дача в Луговом"},
    ),
    Agreement(
        "severogorsk", "1204-Ю", "ООО «Мастерская света»", "г. Северогорск, ул. Заводская, 3",
        ConsumerClass.COMPANY, "1204-office", "zavodskaya-3", OFFICE,
        {ANNA: "Офис на Заводской", BORIS: "Офис на Заводской"},
    ),
    Agreement(
        "severogorsk", "7638-294-118", "Лебедев Борис Ильич", "г. Северогорск, ГСК «Север», бокс 14",
        ConsumerClass.PREMISES, "7638294118", "garage-box-14", (GARAGE,), contact="garage@example.ru",
    ),
)  # fmt: skip

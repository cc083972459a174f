"""Invented customers of the demo supplier: two contracts with bills, points, meters, profiles, events and works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from energo_cabinet.demo.supplier_server.book import Book, Login
from energo_cabinet.demo.values.curves import CURVES
from energo_cabinet.models import Channel

NAME = "Приозёрье Энергосбыт"
ZONE = ZoneInfo("Europe/Moscow")
PASSWORD = "ozero-demo-2026"  # noqa: S105
DAYS = 400
CENT = Decimal("0.01")
READING_DAY = 20
"""Of a month, when people read the meters that do not report themselves."""
DAY_ZONE, NIGHT_ZONE = (14, 46), (0, 48)
"""Half-hours of T1 (07–23); the rest is T2."""


@dataclass(frozen=True)
class Customer:
    """A contract with one point and one meter; a meter that is not smart is read by people, once a month."""

    contract: str
    number: str
    login: str
    name: str
    address: str
    consumer_class: str
    point: str
    serial: str
    curve: str
    prices: tuple[tuple[str, str], ...]
    is_smart: bool = True


CUSTOMERS = (
    Customer(
        contract="c-51007",
        number="51-007",
        login="ozero-51-007",
        name="Соколова Анна Викторовна",
        address="посёлок Приозёрный, Рыбацкая ул., 3, кв. 12",
        consumer_class="flat",
        point="51-007-1",
        serial="38104412",
        curve="flat",
        prices=(("T1", "5.38"),),
    ),
    Customer(
        contract="c-51844",
        number="51-844",
        login="ozero-51-844",
        name="Лебедев Борис Ильич",
        address="посёлок Приозёрный, Береговая ул., 18",
        consumer_class="house",
        point="51-844-1",
        serial="38104977",
        curve="house",
        prices=(("T1", "5.73"), ("T2", "2.48")),
    ),
    Customer(
        contract="c-52120",
        number="52-120",
        login="ozero-52-120",
        name="Соколова Анна Викторовна",
        address="СНТ «Приозёрное», участок 120",
        consumer_class="house",
        point="52-120-1",
        serial="07731925",
        curve="flat",
        prices=(("T1", "3.77"),),
        is_smart=False,
    ),
)


def fill(book: Book, now: datetime, days: int = DAYS) -> None:
    """Everything up to yesterday, so many days; what is there already stays as it is."""
    today = now.astimezone(ZONE).date()
    with book.writing() as db:
        for customer in CUSTOMERS:
            book.add_login(db, Login(customer.login, PASSWORD, customer.contract))
            for resource, items in _all(customer, today, days).items():
                book.put(db, customer.contract, resource, items)


def _all(customer: Customer, today: date, count: int) -> dict[str, list[tuple[str, Any]]]:
    days = [today - timedelta(days=back) for back in range(count, 0, -1)]
    bills, payments, debt = _money(customer, days, today)
    return {
        "contract": [("", _contract(customer))],
        "balance": [("", {"debt_rub": str(debt), "as_of": _at(today).isoformat()})],
        "points": [("", {"items": [_point(customer)]})],
        "meters": [("", {"items": [_meter(customer)]})],
        "bills": bills,
        "payments": payments,
        "readings": list(_readings(customer, days)),
        "profile": [(f"{customer.point} A+ {day}", _profile(customer, day)) for day in days if customer.is_smart],
        "events": list(_events(customer, today)) if customer.is_smart else [],
        "notifications": [_works(today)],
    }


def _contract(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.contract,
        "number": customer.number,
        "login": customer.login,
        "customer_name": customer.name,
        "address": customer.address,
        "consumer_class": customer.consumer_class,
    }


def _point(customer: Customer) -> dict[str, Any]:
    spans = [("T1", 0, 1440)] if len(customer.prices) == 1 else [("T2", 0, 420), ("T1", 420, 1380), ("T2", 1380, 1440)]
    tariff = {
        "code": f"P{len(customer.prices)}",
        "name": "Однозонный, население" if len(customer.prices) == 1 else "Двухзонный, население",
        "source": "Пример для демонстрации",
        "zones": [{"zone": zone, "start_minute": start, "end_minute": end} for zone, start, end in spans],
        "prices": [
            {"zone": zone, "valid_from": "2025-01-01", "price_rub_per_kwh": price} for zone, price in customer.prices
        ],
    }
    name = "Квартира" if customer.consumer_class == "flat" else "Дом у озера" if customer.is_smart else "Участок 120"
    place = "Щит на площадке" if customer.consumer_class == "flat" else "Щит на столбе"
    common = {"number": customer.point, "name": name, "place": place, "address": customer.address}
    return common | {"zone_name": ZONE.key, "power_limit_kw": "15", "tariff": tariff}


def _meter(customer: Customer) -> dict[str, Any]:
    return {
        "serial_number": customer.serial,
        "model": "Милур 107S" if customer.is_smart else "СО-505",
        "accuracy_class": "1",
        "nominal_voltage": "230 В",
        "current_range": "5/80 А",
        "is_smart": customer.is_smart,
        "zone_count": len(customer.prices),
        "commissioned_on": "2022-06-14",
        "last_verification_on": "2022-05-20",
        "next_verification_on": "2038-05-19",
        "installations": [{"point": customer.point, "installed_on": "2022-06-14"}],
    }


def _zones(customer: Customer, day: date) -> dict[str, int]:
    """Wh of a day by zone."""
    wh = CURVES[customer.curve](day)
    if len(customer.prices) == 1:
        return {"T1": int(wh.sum())}
    peak = int(wh[DAY_ZONE[0] : DAY_ZONE[1]].sum())
    return {"T1": peak, "T2": int(wh.sum()) - peak}


def _profile(customer: Customer, day: date) -> dict[str, Any]:
    values = [int(value) for value in CURVES[customer.curve](day)]
    return {"point": customer.point, "channel": Channel.A_PLUS, "day": str(day), "step_min": 30, "values_wh": values}


def _readings(customer: Customer, days: list[date]) -> Iterator[tuple[str, Any]]:
    """What the dials show at every local midnight; they began long before the first of these days."""
    dials = {zone: 4_310_000 for zone, _ in customer.prices}
    for day in days:
        for zone, wh in _zones(customer, day).items():
            dials[zone] += wh
        if not customer.is_smart and day.day != READING_DAY:
            continue
        total = {"T0": sum(dials.values())}
        for zone, shown in (dials | total if len(dials) > 1 else total).items():
            moment = _at(day + timedelta(days=1)).isoformat()
            common = {
                "point": customer.point,
                "serial_number": customer.serial,
                "channel": Channel.A_PLUS,
                "zone": zone,
            }
            yield f"{zone} {moment}", common | {"read_at": moment, "register_wh": shown, "quality": "valid"}


def _money(
    customer: Customer, days: list[date], today: date
) -> tuple[list[tuple[str, Any]], list[tuple[str, Any]], Decimal]:
    """Bills of the whole months, payments of all but the newest, and what is owed."""
    bills, payments, debt = [], [], Decimal(0)
    months = sorted({day.replace(day=1) for day in days})[1:]
    for month in months:
        after = (month + timedelta(days=32)).replace(day=1)
        issued = after + timedelta(days=2)
        if issued > today:
            break
        bill = _bill(customer, month, issued, [day for day in days if month <= day < after])
        bills.append((bill["number"], bill))
        paid_on = issued + timedelta(days=9)
        amount = Decimal(bill["amount_rub"])
        if paid_on < today and issued + timedelta(days=35) < today:
            number = f"П-{bill['number']}"
            payments.append((number, {"number": number, "paid_on": str(paid_on), "amount_rub": str(amount)}))
        else:
            debt += amount
    return bills, payments, debt


def _bill(customer: Customer, month: date, issued: date, days: list[date]) -> dict[str, Any]:
    lines, total = [], Decimal(0)
    for zone, price in customer.prices:
        kwh = Decimal(sum(_zones(customer, day)[zone] for day in days)) / 1000
        amount = (kwh * Decimal(price)).quantize(CENT, ROUND_HALF_UP)
        total += amount
        line = {"title": f"Электроэнергия {zone}", "quantity": str(kwh), "unit": "кВт·ч", "price_rub": price}
        lines.append(line | {"amount_rub": str(amount)})
    head = {"number": f"{month:%y%m}-{customer.number}", "month": str(month), "issued_on": str(issued)}
    return head | {"due_on": str(issued.replace(day=15)), "amount_rub": str(total), "lines": lines}


def _events(customer: Customer, today: date) -> Iterator[tuple[str, Any]]:
    for back, hour, code, hours in ((3, 3, "m23x.01", 2), (17, 14, "m23x.03", 1), (41, 22, "m23x.01", 4)):
        begun = _at(today - timedelta(days=back)) + timedelta(hours=hour, minutes=12)
        key = f"e-{customer.contract}-{begun:%Y%m%d%H}"
        ended = begun + timedelta(hours=hours)
        told = {"id": key, "point": customer.point, "code": code}
        yield key, told | {"started_at": begun.isoformat(), "ended_at": ended.isoformat()}


def _works(today: date) -> tuple[str, Any]:
    begins = _at(today + timedelta(days=4)) + timedelta(hours=10)
    key = f"n-{begins:%G-%V}"
    words = f"{begins:%d.%m} с 10 до 14 часов напряжения не будет: меняем провод на линии. Просим прощения."
    told = {"id": key, "kind": "planned_works", "title": "Плановые работы на линии", "text": words}
    return key, told | {
        "created_at": _at(today).isoformat(),
        "starts_at": begins.isoformat(),
        "ends_at": (begins + timedelta(hours=4)).isoformat(),
    }


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)

"""A tariff added, changed, taken out. Zones of a tariff in use stay: other hours would recount its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import delete
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import own_supplier
from energo_cabinet.domain.registry.row import plain
from energo_cabinet.domain.tariff.hours import Period, WrongHours, periods_of
from energo_cabinet.errors import Conflict, InvalidInput
from energo_cabinet.models import Tariff, TariffPrice, TariffZone, TariffZonePeriod
from energo_cabinet.services.point.facts import Facts, checked, stamp
from energo_cabinet.services.tariff.book import facts_of_tariff, used_by, visible_tariff
from energo_cabinet.services.values.tariff_read import schedule_of

ZONES = tuple(zone.value for zone in (TariffZone.T1, TariffZone.T2, TariffZone.T3))
T = TypeVar("T")

WHOLE_DAY = "00:00–24:00"
ZONE_FIELDS = tuple(f"{what}_{zone.value}" for zone in TariffZone for what in ("hours", "price"))
TARIFF_FIELDS = ("code", "name", "source", "zone_count", "valid_from", *ZONE_FIELDS)


@service("staff:admin", "tariff.add")
def add_tariff(session: Session, subject: Subject, fields: Mapping[str, str]) -> int:
    """A tariff with its zones and first prices; its id. InvalidInput tells every wrong field."""
    supplier = own_supplier(session, subject)
    zones = ZONES[: int(fields.get("zone_count", "")) if fields.get("zone_count") in ("1", "2", "3") else 1]
    wrong: dict[str, str] = {}
    params: dict[str, object] = {}
    about = _gathered(lambda: _about(fields), wrong, params)
    prices = _gathered(lambda: checked_prices(zones, fields), wrong, params)
    periods = _gathered(lambda: _periods(zones, fields), wrong, params)
    if about is None or prices is None or periods is None:
        raise InvalidInput(wrong, **params)
    _check_code(session, supplier.id, about["code"], None)
    row = Tariff(supplier_id=supplier.id, code=about["code"], name=about["name"], source=about["source"])
    session.add(row)
    session.flush()
    _put_periods(session, row.id, periods)
    put_prices(session, row.id, prices)
    audit_note(session, tariff_id=row.id, code=row.code, prices=told(prices))
    return row.id


@service("staff:admin", "tariff.save")
def save_tariff(session: Session, subject: Subject, tariff_id: int, fields: Mapping[str, str], seen: str) -> None:
    """Code, name, source, and of a tariff nobody uses the hours of its zones. InvalidInput; Conflict; NotFound."""
    row = visible_tariff(session, subject, tariff_id, is_locked=True)
    about = _about(fields)
    _check_code(session, row.supplier_id, about["code"], tariff_id)
    schedule = schedule_of(session, tariff_id)
    periods = schedule.periods
    if len(schedule.zones) > 1 and any(fields.get(f"hours_{zone}") for zone in schedule.zones):
        periods = _periods(schedule.zones, fields)
    before = {"code": row.code, "name": row.name, "source": row.source}
    is_moved = set(periods) != set(schedule.periods)
    if is_moved and used_by(session, tariff_id)[0]:
        raise InvalidInput({"form": "tariff_zones_used"})
    if (before != about or is_moved) and seen != stamp(facts_of_tariff(session, row)):
        raise Conflict("registry_changed")
    row.code, row.name, row.source = about["code"], about["name"], about["source"]
    session.add(row)
    if is_moved:
        _put_periods(session, tariff_id, periods)
    changes = {name: f"{before[name]} → {text}" for name, text in about.items() if text != before[name]}
    audit_note(session, changes=changes | ({"hours": repr(periods)} if is_moved else {}))


@service("staff:admin", "tariff.remove")
def remove_tariff(session: Session, subject: Subject, tariff_id: int) -> None:
    """Take out a tariff that no point is billed by. Conflict; NotFound."""
    row = visible_tariff(session, subject, tariff_id, is_locked=True)
    points, _ = used_by(session, tariff_id)
    if points:
        raise Conflict("tariff_used", points=points)
    session.execute(delete(TariffPrice).where(col(TariffPrice.tariff_id) == tariff_id))
    session.execute(delete(TariffZonePeriod).where(col(TariffZonePeriod.tariff_id) == tariff_id))
    audit_note(session, code=row.code, name=row.name)
    session.delete(row)


def checked_prices(zones: tuple[str, ...], fields: Mapping[str, str]) -> tuple[date, dict[str, Decimal]]:
    """The day and the price of every zone; InvalidInput tells every wrong one."""
    given = {"valid_from": fields.get("valid_from", "")} | {f"price_{z}": fields.get(f"price_{z}", "") for z in zones}
    wrong: dict[str, str] = {}
    day: Facts = {}
    try:
        day = checked(("valid_from",), given, ("valid_from",))
    except InvalidInput as error:
        wrong |= error.fields
    prices: dict[str, Decimal] = {}
    for zone in zones:
        try:
            prices[zone] = Decimal(checked(("price",), {"price": given[f"price_{zone}"]}, ("price",))["price"])
        except InvalidInput as error:
            wrong[f"price_{zone}"] = error.fields["price"]
    if wrong:
        raise InvalidInput(wrong)
    return date.fromisoformat(day["valid_from"]), prices


def put_prices(session: Session, tariff_id: int, prices: tuple[date, Mapping[str, Decimal]]) -> None:
    """Prices from a day on, in place of those that began on it."""
    for zone, rub in prices[1].items():
        row = TariffPrice(tariff_id=tariff_id, zone=TariffZone(zone), valid_from=prices[0], price_rub_per_kwh=rub)
        session.merge(row)
    session.flush()


def told(prices: tuple[date, Mapping[str, Decimal]]) -> str:
    """Prices for the audit journal."""
    return f"{prices[0]}: " + ", ".join(f"{zone} {plain(rub)}" for zone, rub in prices[1].items())


def _about(fields: Mapping[str, str]) -> Facts:
    given = {name: _printable(fields.get(name, "")) for name in ("code", "name", "source")}
    found = checked(("code", "name", "source"), given, ("code", "name", "source"))
    if len(found["name"]) > 120:
        raise InvalidInput({"name": "registry_too_long"})
    return found


def _printable(text: object) -> str:
    return "".join(c for c in text if c.isprintable()) if isinstance(text, str) else ""


def _check_code(session: Session, supplier_id: int, code: str, own: int | None) -> None:
    same = select(Tariff.id).where(Tariff.supplier_id == supplier_id, Tariff.code == code, Tariff.id != own)
    if session.exec(same).first() is not None:
        raise InvalidInput({"code": "tariff_code_taken"})


def _periods(zones: tuple[str, ...], fields: Mapping[str, str]) -> tuple[Period, ...]:
    if len(zones) == 1:
        return periods_of({zones[0]: WHOLE_DAY})
    try:
        return periods_of({zone: fields.get(f"hours_{zone}", "") for zone in zones})
    except WrongHours as wrong:
        field = f"hours_{wrong.zone}" if wrong.zone else "form"
        raise InvalidInput({field: f"tariff_hours_{wrong.code}"}, **wrong.params) from wrong


def _put_periods(session: Session, tariff_id: int, periods: tuple[Period, ...]) -> None:
    session.execute(delete(TariffZonePeriod).where(col(TariffZonePeriod.tariff_id) == tariff_id))
    for start, end, zone in periods:
        row = TariffZonePeriod(tariff_id=tariff_id, start_minute=start, end_minute=end, zone=TariffZone(zone))
        session.add(row)
    session.flush()


def _gathered(check: Callable[[], T], wrong: dict[str, str], params: dict[str, object]) -> T | None:
    """What a check finds; None and the wrong fields among the others, so that all of them are told at once."""
    try:
        return check()
    except InvalidInput as error:
        wrong |= error.fields
        params |= error.params
        return None

"""Contract data, tariffs, points, meters and their installations as a supplier tells them (Н-72…Н-96, Н-149…Н-151)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from energo_cabinet.gateways.supplier_protocol import (
    ContractData,
    Installation,
    MeterData,
    PointData,
    TariffData,
    ZonePeriod,
    ZonePrice,
)
from energo_cabinet.models import (
    Contract,
    Meter,
    MeteringPoint,
    MeterInstallation,
    Tariff,
    TariffPrice,
    TariffZone,
    TariffZonePeriod,
)
from energo_cabinet.services.exchange.rows import Intake, RowRefused
from energo_cabinet.services.supplier.supplier import check_zone

POINT_FACTS: tuple[str, ...] = ("name", "resource", "place", "address", "delivery_point_code", "zone_name")
POINT_FACTS += ("current_ratio", "voltage_ratio", "loss_factor", "power_limit_kw")
METER_FACTS: tuple[str, ...] = (
    "registry_number",
    "accuracy_class",
    "nominal_voltage",
    "current_range",
    "is_smart",
    "zone_count",
)
METER_FACTS += ("register_digits", "register_decimals", "commissioned_on")
METER_FACTS += ("last_verification_on", "next_verification_on")


def store_contract(intake: Intake, sent: ContractData) -> None:
    """The contract's own fields; its number and login are the supplier's to change."""
    intake.each([sent], lambda row: row.number, lambda row: _contract(intake, row))


def store_points(intake: Intake, sent: Sequence[PointData]) -> None:
    """The whole list of a contract's points: new ones are made, what is no longer in it leaves the contract."""
    before = intake.points()
    if before and not sent:
        intake.refuse("", "points_gone")
        return
    intake.each(sent, lambda row: row.number, lambda row: _point(intake, row))
    for number in before.keys() - {row.number for row in sent}:
        before[number].contract_id = None
        intake.session.add(before[number])
        intake.stored += 1


def store_meters(intake: Intake, sent: Sequence[MeterData]) -> None:
    """The whole list of a contract's meters with where they stood; earlier installations first."""
    points = intake.points()
    rows = sorted(sent, key=lambda row: min((i.installed_on.toordinal() for i in row.installations), default=0))
    intake.each(rows, lambda row: row.serial_number, lambda row: _meter(intake, points, row))


def _contract(intake: Intake, sent: ContractData) -> bool:
    contract = intake.contract
    if sent.id != contract.supplier_ref:
        raise RowRefused("foreign_contract")
    facts = sent.model_dump(include={"number", "login", "customer_name", "address", "consumer_class"})
    same = select(Contract.id).where(Contract.supplier_id == contract.supplier_id, Contract.id != contract.id)
    taken = same.where((Contract.number == sent.number) | (Contract.login == sent.login))
    if intake.session.exec(taken).first() is not None:
        raise RowRefused("number_taken")
    return _update(intake.session, contract, facts)


def _point(intake: Intake, sent: PointData) -> bool:
    session, contract = intake.session, intake.contract
    check_zone(sent.zone_name)
    if min(sent.current_ratio, sent.voltage_ratio, sent.loss_factor) <= 0:
        raise RowRefused("ratio")
    mine = select(MeteringPoint).where(MeteringPoint.supplier_id == contract.supplier_id)
    point = session.exec(mine.where(MeteringPoint.number == sent.number)).first()
    if point is not None and point.contract_id not in (None, contract.id):
        raise RowRefused("foreign_point")
    facts: dict[str, Any] = {name: getattr(sent, name) for name in POINT_FACTS}
    facts |= {"contract_id": contract.id, "tariff_id": None}
    changed = False
    if sent.tariff is not None:
        tariff, changed = _tariff(session, contract.supplier_id, sent.tariff)
        facts["tariff_id"] = tariff.id
    if point is None or point.contract_id is None:
        intake.is_new_at_points = True
    if point is None:
        session.add(MeteringPoint(supplier_id=contract.supplier_id, number=sent.number, **facts))
        return True
    return _update(session, point, facts) or changed


def _tariff(session: Session, supplier_id: int, sent: TariffData) -> tuple[Tariff, bool]:
    """The tariff with its zones and prices, and whether anything about it is new."""
    query = select(Tariff).where(Tariff.supplier_id == supplier_id, Tariff.code == sent.code)
    tariff = session.exec(query).first()
    is_new = tariff is None
    tariff = tariff or Tariff(supplier_id=supplier_id, code=sent.code, name=sent.name)
    changed = _update(session, tariff, {"name": sent.name, "source": sent.source})
    session.flush()
    key = tariff.id
    zones = [TariffZonePeriod(tariff_id=key, **_zoned(zone)) for zone in sent.zones]
    prices = [TariffPrice(tariff_id=key, **_zoned(price)) for price in sent.prices]
    if any(zone.start_minute >= zone.end_minute for zone in zones):
        raise RowRefused("tariff_zones")
    of_zones = select(TariffZonePeriod).where(TariffZonePeriod.tariff_id == key)
    replaced = _replace(session, session.exec(of_zones).all(), zones)
    replaced |= _replace(session, session.exec(select(TariffPrice).where(TariffPrice.tariff_id == key)).all(), prices)
    return tariff, is_new or changed or replaced


def _meter(intake: Intake, points: dict[str, MeteringPoint], sent: MeterData) -> bool:
    session, supplier_id = intake.session, intake.contract.supplier_id
    spans = [_span(points, one) for one in sent.installations]
    here = select(Meter).where(Meter.supplier_id == supplier_id, Meter.serial_number == sent.serial_number)
    meter = session.exec(here.where(Meter.model == sent.model)).first()
    facts = {name: getattr(sent, name) for name in METER_FACTS}
    is_new = meter is None
    meter = meter or Meter(supplier_id=supplier_id, serial_number=sent.serial_number, model=sent.model)
    changed = _update(session, meter, facts)
    session.flush()
    rows = [MeterInstallation(meter_id=meter.id, **span) for span in spans]
    ids = [point.id for point in points.values()]
    before = select(MeterInstallation).where(
        MeterInstallation.meter_id == meter.id, col(MeterInstallation.point_id).in_(ids)
    )
    changed |= _replace(session, session.exec(before).all(), rows)
    _refuse_two_at_once(session, meter, rows)
    return is_new or changed


def _span(points: dict[str, MeteringPoint], sent: Installation) -> dict[str, Any]:
    point = points.get(sent.point)
    if point is None:
        raise RowRefused("foreign_point")
    if sent.removed_on is not None and sent.removed_on < sent.installed_on:
        raise RowRefused("installation_dates")
    return {"point_id": point.id, "installed_on": sent.installed_on, "removed_on": sent.removed_on}


def _refuse_two_at_once(session: Session, meter: Meter, rows: Sequence[MeterInstallation]) -> None:
    """A point has one meter at a time and a meter stands on one point (Н-151)."""
    opened = [row for row in rows if row.removed_on is None]
    if len(opened) > 1:
        raise RowRefused("meter_twice")
    for row in opened:
        other = select(MeterInstallation.id).where(
            MeterInstallation.point_id == row.point_id,
            MeterInstallation.meter_id != meter.id,
            col(MeterInstallation.removed_on).is_(None),
        )
        if session.exec(other).first() is not None:
            raise RowRefused("point_has_meter")


def _update(session: Session, row: SQLModel, facts: dict[str, Any]) -> bool:
    """Set what differs; whether anything does."""
    new = {name: value for name, value in facts.items() if getattr(row, name) != value}
    row.sqlmodel_update(new)
    session.add(row)
    return bool(new)


def _replace(session: Session, before: Sequence[SQLModel], now: Sequence[SQLModel]) -> bool:
    """The rows of a small list become those of another; those alike in all but their id stay."""
    old = {_facts(row): row for row in before}
    new = {_facts(row): row for row in now}
    for facts in old.keys() - new.keys():
        session.delete(old[facts])
    session.flush()
    session.add_all(row for facts, row in new.items() if facts not in old)
    return old.keys() != new.keys()


def _facts(row: SQLModel) -> tuple[Any, ...]:
    return tuple(row.model_dump(exclude={"id"}).values())


def _zoned(part: ZonePeriod | ZonePrice) -> dict[str, Any]:
    return part.model_dump() | {"zone": TariffZone(part.zone)}

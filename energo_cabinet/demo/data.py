"""Demo data, loaded once into an empty installation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, insert, select

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.demo import (
    bills,
    broadcasts,
    customers,
    desk,
    entry,
    failures,
    imports,
    notifications,
    person,
    phones,
    plans,
    registry,
    remote,
    staff,
    submissions,
    tariffs,
    tickets,
)
from energo_cabinet.demo.places import (
    AGREEMENTS,
    ANNA,
    BORIS,
    PASSWORD,
    PEOPLE,
    SOURCE,
    SUPPLIERS,
    TARIFFS,
    ZONES,
    Agreement,
    Place,
)
from energo_cabinet.demo.supplier_server import invented
from energo_cabinet.demo.values import journals, network, transformers, values
from energo_cabinet.models import (
    Contract,
    ContractLink,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    ProfileSeries,
    RelayState,
    Supplier,
    Tariff,
    TariffPrice,
    TariffZonePeriod,
    User,
    UserStatus,
)
from energo_cabinet.services.values.profile_write import store_days

FREE = next(agreement for agreement in AGREEMENTS if not agreement.linked)
LOGINS = (
    f"sign in:  {ANNA} or {BORIS}, password {PASSWORD}",
    f"work as staff:  {staff.OPERATOR}, {staff.ENGINEER}, {staff.ADMIN} or {staff.ROOT}, the same password",
    f"add a contract:  «{SUPPLIERS[0][1]}», login {FREE.login}, password {FREE.password}",
    f"add one of another system, over HTTP:  «{invented.NAME}», login {remote.FREE.login}, "
    f"password {invented.PASSWORD}",
)
"""What the demo prints for a visitor."""


def load(session: Session, now: datetime) -> bool:
    """Load the demo data into an installation without suppliers; True when loaded."""
    if session.exec(select(Supplier)).first():
        return False
    suppliers = {code: _add_supplier(session, code, *rest) for code, *rest in SUPPLIERS}
    people = {email: _add_person(session, now, email, name) for email, name in PEOPLE}
    for agreement in AGREEMENTS:
        _add_agreement(session, now, suppliers[agreement.supplier], agreement, people)
    remote.load(session, now, people)
    bills.load(session, now)
    submissions.load(session, now)
    phones.load(session, now)
    notifications.load(session, now)
    plans.load(session, now)
    person.load(session, now)
    tickets.load(session, now)
    entry.load(session, now, suppliers, people)
    registry.load(session, now, suppliers[SUPPLIERS[0][0]])
    tariffs.load(session, now, suppliers[SUPPLIERS[0][0]])
    staff.load(session, now, suppliers)
    broadcasts.load(session, now)
    desk.load(session, now)
    customers.load(session, now, suppliers[SUPPLIERS[0][0]])
    imports.load(session, now, suppliers)
    failures.load(session, now, people)
    return True


def _add_supplier(session: Session, code: str, name: str, zone_name: str, email: str, phone: str) -> Supplier:
    supplier = Supplier(code=code, name=name, zone_name=zone_name, email=email, phone=phone)
    session.add(supplier)
    session.flush()
    for tariff_code in TARIFFS:
        _add_tariff(session, supplier, tariff_code)
    return supplier


def _add_tariff(session: Session, supplier: Supplier, code: str) -> None:
    name, prices = TARIFFS[code]
    tariff = Tariff(supplier_id=supplier.id, code=code, name=name, source=SOURCE)
    session.add(tariff)
    session.flush()
    key = tariff.id
    for start, end, zone in ZONES.get(code, ZONES["one"]):
        session.add(TariffZonePeriod(tariff_id=key, start_minute=start, end_minute=end, zone=zone))
    for zone, price in prices.items():
        price_row = TariffPrice(tariff_id=key, zone=zone, valid_from=date(2025, 1, 1), price_rub_per_kwh=Decimal(price))
        session.add(price_row)


def _add_person(session: Session, now: datetime, email: str, name: str) -> User:
    user = User(
        email=email,
        full_name=name,
        password_hash=hash_password(PASSWORD),
        password_changed_at=now,
        status=UserStatus.ACTIVE,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def _add_agreement(
    session: Session, now: datetime, supplier: Supplier, agreement: Agreement, people: dict[str, User]
) -> None:
    contract = Contract(
        supplier_id=supplier.id,
        number=agreement.number,
        customer_name=agreement.customer,
        address=agreement.address,
        consumer_class=agreement.consumer_class,
        login=agreement.login,
        password_hash=hash_password(agreement.password),
        contact_email=agreement.contact,
    )
    session.add(contract)
    session.flush()
    for email, title in agreement.linked.items():
        link = ContractLink(user_id=people[email].id, contract_id=contract.id, title=title, linked_at=now)
        session.add(link)
    for place in agreement.places:
        _add_place(session, now, supplier, contract, place)


def _add_place(session: Session, now: datetime, supplier: Supplier, contract: Contract, place: Place) -> None:
    tariff = session.exec(select(Tariff).where(Tariff.supplier_id == supplier.id, Tariff.code == place.tariff)).one()
    point = MeteringPoint(
        supplier_id=supplier.id,
        contract_id=contract.id,
        number=place.number,
        name=place.name,
        place=place.where,
        address=contract.address,
        zone_name=supplier.zone_name,
        tariff_id=tariff.id,
        current_ratio=Decimal(place.ratio),
        power_limit_kw=place.limit_kw,
        norm_day_kwh=place.norm_day_kwh,
    )
    meter = _meter(supplier, place)
    session.add_all([point, meter])
    session.flush()
    installation = MeterInstallation(point_id=point.id, meter_id=meter.id, installed_on=place.installed_on)
    session.add(installation)
    _add_values(session, now, point, meter, place)
    journals.add(session, now, point, place)
    network.add(session, now, point, place)
    transformers.add(session, now.astimezone(ZoneInfo(point.zone_name)).date(), point, place)


def _meter(supplier: Supplier, place: Place) -> Meter:
    return Meter(
        supplier_id=supplier.id,
        serial_number=place.serial,
        model=place.model,
        registry_number=place.registry,
        accuracy_class=place.accuracy,
        nominal_voltage=place.voltage,
        current_range=place.current,
        is_smart=not place.is_manual,
        zone_count=place.zones,
        relay_state=None if place.is_manual else RelayState.ON,
        commissioned_on=place.installed_on,
        last_verification_on=place.verified_on,
        next_verification_on=place.verify_by,
        last_inspection_on=place.installed_on + timedelta(days=30),
    )


def _add_values(session: Session, now: datetime, point: MeteringPoint, meter: Meter, place: Place) -> None:
    today = now.astimezone(ZoneInfo(point.zone_name)).date()
    for channel, loads in values.loads(place, today).items():
        if not place.is_manual:
            series = ProfileSeries(point_id=point.id, channel=channel)
            session.add(series)
            session.flush()
            rows = values.profile(place, loads, today)
            store_days(session, [(series.id, row) for row in rows], None, now)
        readings = [
            {"point_id": point.id, "meter_id": meter.id, "channel": r.channel, "zone": r.zone}
            | {"read_at": r.read_at, "register_wh": r.wh, "quality": int(r.quality)}
            for r in values.registers(place, channel, loads, point.zone_name)
        ]
        session.execute(insert(MeterReading), readings)

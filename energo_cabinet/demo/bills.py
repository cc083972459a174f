"""Bills of the demo's contracts: thirteen months that follow from the demo's consumption and tariffs, and payments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.demo.values.values import MONTHS
from energo_cabinet.domain.time.local_day import add_months, whole_span
from energo_cabinet.domain.time.period import Period
from energo_cabinet.models import Bill, Charge, Contract, MeteringPoint, Payment, Supplier
from energo_cabinet.services.energy.consumption import consumption

KOPECK, KWH = Decimal("0.01"), "кВт·ч"
WORDS = {"T1": "T1 день", "T2": "T2 ночь", "T3": "T3 полупик"}
PAYEES = {
    "severogorsk": ("АО «Северогорск Энергосбыт»", "7701234507", "770101001", "АО «Северный банк» г. Северогорск"),
    "lugovaya": ("ООО «Луговая энергокомпания»", "6301234500", "630101001", "Банк «Луговой» (АО) с. Луговое"),
    "priozerye": ("АО «Приозёрье Энергосбыт»", "7701234507", "770101001", "Банк «Озёрный» (АО) п. Приозёрный"),
}
"""Invented: name, ИНН, КПП, bank."""


@dataclass(frozen=True)
class Habit:
    """How a contract is paid: on which day of the next month, rounded up to what, how many newest bills not at all."""

    pay_day: int = 12
    round_to: int = 0
    unpaid: int = 0
    due_day: int = 15


HABITS = {
    "7638-294-061": Habit(pay_day=11, round_to=50),
    "40-11825": Habit(unpaid=3),
    "1204-Ю": Habit(pay_day=17, due_day=18),
    "7638-294-118": Habit(pay_day=9),
}
"""The flat pays ahead, the dacha owes three bills, the office pays to the kopeck."""

RECALCULATION = 4
"""Months ago the flat was recalculated for a day of estimated values."""


def load(session: Session, now: datetime) -> None:
    """Add payment details, bills and payments for the contracts of demo.data."""
    for supplier in session.exec(select(Supplier)):
        _set_payee(supplier)
    for contract in session.exec(select(Contract)):
        if contract.number in HABITS:
            _add_history(session, now, contract, HABITS[contract.number])
    session.flush()


def _set_payee(supplier: Supplier) -> None:
    if supplier.code not in PAYEES:
        return
    name, inn, kpp, bank = PAYEES[supplier.code]
    bic = {"severogorsk": "049999701", "lugovaya": "049999702", "priozerye": "049999703"}[supplier.code]
    supplier.payee_name, supplier.payee_inn, supplier.payee_kpp, supplier.payee_bank = name, inn, kpp, bank
    supplier.payee_bic = bic
    supplier.payee_account = _keyed(bic[-3:], f"407028101000000{supplier.id:05d}")
    supplier.payee_corr_account = _keyed("099", f"30101810000000000{bic[-3:]}")


def _keyed(prefix: str, account: str) -> str:
    """The account with the ninth digit that makes its control key right."""
    for key in "0123456789":
        made = account[:8] + key + account[9:]
        if sum(int(c) * (7, 1, 3)[i % 3] % 10 for i, c in enumerate(prefix + made)) % 10 == 0:
            return made
    raise AssertionError(account)


def _add_history(session: Session, now: datetime, contract: Contract, habit: Habit) -> None:
    supplier = session.get(Supplier, contract.supplier_id)
    assert supplier is not None
    today = now.astimezone(ZoneInfo(supplier.zone_name)).date()
    months = [add_months(today.replace(day=1), -ago) for ago in range(MONTHS, 0, -1)]
    issued = [month for month in months if _issued_on(month) <= today]
    lines = _lines(session, now, contract, issued[0], issued[-1])
    ahead = Decimal(0)
    for left, month in zip(range(len(issued) - 1, -1, -1), issued, strict=True):
        rows = lines[month] + list(_extras(contract, month, left))
        bill = _add_bill(session, now, contract, month, rows, habit)
        paid_on = add_months(month, 1).replace(day=habit.pay_day)
        if left >= habit.unpaid and paid_on <= today and bill.amount_rub > ahead:
            paid = _rounded(bill.amount_rub - ahead, habit.round_to)
            ahead += paid - bill.amount_rub
            session.add(_payment(contract, paid_on, paid, now))


def _issued_on(month: date) -> date:
    return add_months(month, 1).replace(day=3)


def _lines(
    session: Session, now: datetime, contract: Contract, first: date, last: date
) -> dict[date, list[tuple[str, Decimal, Decimal]]]:
    """Month → (title, kWh, price) of every zone of every point, whole kWh, as «Показания» shows the months."""
    found: dict[date, list[tuple[str, Decimal, Decimal]]] = {}
    end = whole_span(last, "months")[1]
    points = session.exec(select(MeteringPoint).where(MeteringPoint.contract_id == contract.id)).all()
    for point in points:
        answer = consumption(session, Subject("system", now), point.id, "months", Period(first, end))
        prices = {zone.zone: zone.price_rub_per_kwh for zone in answer.zones}
        for bucket in answer.buckets:
            energies = bucket.kwh_by_zone or {"T1": bucket.total_kwh or Decimal(0)}
            for zone, kwh in energies.items():
                zone_words = f", {WORDS.get(zone, zone)}" if len(energies) > 1 else ""
                place = f", {point.name}" if len(points) > 1 else ""
                price = prices.get(zone) or Decimal(0)
                row = (f"Электроэнергия{zone_words}{place}", kwh.quantize(Decimal(1), ROUND_HALF_UP), price)
                found.setdefault(bucket.first, []).append(row)
    return found


def _extras(contract: Contract, month: date, left: int) -> Iterator[tuple[str, Decimal | None, Decimal]]:
    if contract.number == "7638-294-061" and left == RECALCULATION:
        yield f"Перерасчёт за {add_months(month, -1):%m.%Y}", None, Decimal("-38.46")
    if contract.number == "40-11825" and left == 0:
        yield "Пени", None, Decimal("1.27")


def _add_bill(
    session: Session,
    now: datetime,
    contract: Contract,
    month: date,
    rows: list[tuple[str, Decimal | None, Decimal]],
    habit: Habit,
) -> Bill:
    following = add_months(month, 1)
    amounts = [price if kwh is None else (kwh * price).quantize(KOPECK, ROUND_HALF_UP) for _, kwh, price in rows]
    bill = Bill(
        contract_id=contract.id,
        number=f"{month:%m/%Y}-{contract.number[-3:]}",
        month=month,
        issued_on=_issued_on(month),
        due_on=following.replace(day=habit.due_day),
        amount_rub=sum(amounts, Decimal(0)),
        created_at=now - timedelta(days=1),
    )
    session.add(bill)
    session.flush()
    for line, ((title, kwh, price), amount) in enumerate(zip(rows, amounts, strict=True), 1):
        unit, price_rub = ("", None) if kwh is None else (KWH, price)
        known = Charge(bill_id=bill.id, line=line, title=title, unit=unit, quantity=kwh, amount_rub=amount)
        known.price_rub = price_rub
        session.add(known)
    return bill


def _rounded(amount: Decimal, to: int) -> Decimal:
    return (amount / to).quantize(Decimal(1), ROUND_CEILING) * to if to else amount


def _payment(contract: Contract, paid_on: date, amount: Decimal, now: datetime) -> Payment:
    number = f"{paid_on:%Y%m%d}-{contract.id}"
    return Payment(contract_id=contract.id, number=number, paid_on=paid_on, amount_rub=amount, created_at=now)

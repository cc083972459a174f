"""The demo's bills follow from what the demo consumed and its tariffs; the dacha owes."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.demo.bills import HABITS
from energo_cabinet.domain.bill.bank_details import wrong_details
from energo_cabinet.domain.tariff.cost import KOPECK
from energo_cabinet.domain.time.local_day import whole_span
from energo_cabinet.domain.time.period import Period
from energo_cabinet.models import Bill, Contract, MeteringPoint, Supplier
from energo_cabinet.services.bill.balance import contract_balance
from energo_cabinet.services.bill.bill import list_bills, one_bill
from energo_cabinet.services.bill.receipt import payment_receipt
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.supplier.supplier import PAYEE
from tests.conftest import NOW
from tests.demo.test_demo_data import demo_session  # noqa: F401  (fixture)

SYSTEM = Subject("system", NOW)


def contract(session, number: str) -> Contract:
    return session.exec(select(Contract).where(Contract.number == number)).one()


def test_thirteen_months_for_every_contract(demo_session):  # noqa: F811
    for number in HABITS:
        found = list_bills(demo_session, SYSTEM, contract(demo_session, number).id)
        assert sum(month.bill is not None for month in found.chart) >= 12
        assert all(month.charged_rub > 0 for month in found.chart[:-1])


def test_the_dacha_owes_the_flat_is_ahead_the_office_is_even(demo_session):  # noqa: F811
    status = {n: contract_balance(demo_session, SYSTEM, contract(demo_session, n).id).status for n in HABITS}
    assert status == {"7638-294-061": "credit", "40-11825": "debt", "1204-Ю": "zero", "7638-294-118": "zero"}


def test_amounts_are_the_consumption_at_the_tariffs_price(demo_session):  # noqa: F811
    """October of the flat: whole kWh of each zone, as «Показания» shows them, times its price."""
    flat = contract(demo_session, "7638-294-061")
    point = demo_session.exec(select(MeteringPoint).where(MeteringPoint.contract_id == flat.id)).one()
    bill = demo_session.exec(select(Bill).where(Bill.contract_id == flat.id).order_by(Bill.month.desc())).first()
    used = consumption(demo_session, SYSTEM, point.id, "months", Period(*whole_span(bill.month, "months")))
    lines = one_bill(demo_session, SYSTEM, bill.id).lines
    assert not any(line.is_off for line in lines)
    assert abs(bill.amount_rub - used.cost_rub) < Decimal("8") and bill.amount_rub == bill.amount_rub.quantize(KOPECK)
    assert {line.quantity for line in lines} == {round(kwh) for kwh in used.kwh_by_zone.values()}


def test_the_bank_details_hold_their_control_keys_and_make_a_code(demo_session):  # noqa: F811
    for supplier in demo_session.exec(select(Supplier)):
        assert wrong_details({name: getattr(supplier, f"payee_{name}") for name in PAYEE}) == []
    dacha = contract_balance(demo_session, SYSTEM, contract(demo_session, "40-11825").id)
    receipt = payment_receipt(demo_session, SYSTEM, dacha.last_charge.bill_id)
    assert receipt.sum_rub == dacha.to_pay_rub and receipt.qr is not None

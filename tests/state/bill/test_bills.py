"""«Счета», a bill and its payment in the user's words (Н-43), as a tab's states hold them."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.models import Charge, ContractSync, GatewayKind
from energo_cabinet.state.bill.bill import BillState
from energo_cabinet.state.bill.bills import BillsState, refresh_bills
from energo_cabinet.state.frame.session import SessionState
from tests import cast as make
from tests.state.tab import signed_in

OCTOBER = date(2020, 10, 1)
PAYEE = {"payee_bank": "АО «Банк»", "payee_bic": "044525225", "payee_account": "40702810938000012345"}
PAYEE |= {"payee_corr_account": "30101810400000000225", "payee_inn": "7707083893"}


def opened(session, who, path: str, state: type = BillState, language: str = "ru"):
    """A tab at an address, loaded as the page loads it."""
    tab = signed_in(session, who, language)
    tab.look_at(path)
    tab.run(SessionState, "load")
    return tab, tab.run(state, "load")


def bills(session, who, query: str = "", language: str = "ru"):
    return opened(session, who, f"/bills{query}", BillsState, language)


def test_debt_in_words(session, cast, installation):
    bill = make.bill(session, cast.contract, OCTOBER, "1234.50", "0.06")
    _, state = bills(session, cast.anna)
    shown = state.balance
    assert (state.status, shown.status, shown.tone, shown.state) == ("ready", "debt", "danger", "Задолженность")
    assert shown.amount == "1\u00a0234,56"
    assert shown.sentence == "Задолженность 1\u00a0234,56\u00a0₽: срок оплаты прошёл 15 ноября."
    assert shown.pay == f"/bills/{bill.id}/receipt"
    assert [part.label for part in shown.parts] == ["Счёт за октябрь 2020, просрочен"]
    assert "ЖК РФ, ст. 155" in shown.penalty


def test_credit_and_zero_in_words(session, cast, installation):
    make.bill(session, cast.contract, OCTOBER, "100")
    make.payment(session, cast.contract, date(2020, 11, 5), "100")
    _, even = bills(session, cast.anna)
    assert (even.balance.amount, even.balance.state, even.balance.pay) == ("0,00", "Всё оплачено", "")
    make.payment(session, cast.contract, date(2020, 11, 6), "50")
    _, ahead = bills(session, cast.anna)
    assert (ahead.balance.label, ahead.balance.amount) == ("Переплата", "50,00")


def test_the_table_is_the_charts_twin(session, cast, installation):
    bill = make.bill(session, cast.contract, OCTOBER, "100")
    make.payment(session, cast.contract, date(2020, 11, 5), "40")
    _, state = bills(session, cast.anna)
    november, october = state.view.rows
    assert (november.month, november.charged, november.paid, november.closing) == (
        "ноябрь 2020",
        "—",
        "40,00",
        "−60,00",
    )
    assert (october.address, october.status, october.due) == (f"/bills/{bill.id}", "Просрочен", "до 15.11.2020")
    assert state.figure["data"][0]["y"] == [100.0, 0.0] and state.figure["data"][1]["y"] == [0.0, 40.0]
    assert "начислено 100,00\u00a0₽" in state.view.summary


def test_an_open_tab_follows_a_payment(session, cast, installation):
    """DESIGN 9: what `bill pay` books shows without a reload."""
    make.bill(session, cast.contract, OCTOBER, "100")
    tab, state = bills(session, cast.anna)
    make.payment(session, cast.contract, date(2020, 11, 5), "100")
    session.commit()
    asyncio.run(refresh_bills(tab.root))
    assert state.balance.state == "Всё оплачено"


def test_pages_in_the_address(session, cast, installation):
    for month in range(1, 13):
        make.bill(session, cast.contract, date(2019, month, 1), "1")
    make.bill(session, cast.contract, date(2020, 1, 1), "1")
    _, first = bills(session, cast.anna)
    assert (len(first.view.rows), first.view.newer) == (12, "")
    _, last = bills(session, cast.anna, first.view.older.removeprefix("/bills"))
    assert [row.month for row in last.view.rows] == ["январь 2019"] and last.view.page == "Страница 2 из 2"
    assert [bills(session, cast.anna, f"?page={odd}")[1].status for odd in ("x", "-1", "9" * 30, "²")] == ["ready"] * 4


def test_nothing_yet_and_no_contract(session, cast, installation):
    assert bills(session, cast.anna)[1].status == "empty"
    assert bills(session, cast.boris)[1].status == "no_contracts"


def test_a_bill_with_a_line_that_is_off(session, cast, installation):
    bill = make.bill(session, cast.contract, OCTOBER, "500", "-10")
    line = session.exec(select(Charge).where(Charge.line == 1)).one()
    line.quantity, line.price_rub, line.unit = 100, 4.93, "кВт·ч"
    _, state = opened(session, cast.anna, f"/bills/{bill.id}")
    rows = [(row.sum, row.amount, row.check) for row in state.view.lines]
    assert rows == [("100\u00a0кВт·ч × 4,93\u00a0₽", "500,00", "расхождение 7,00\u00a0₽"), ("", "−10,00", "")]
    assert (state.view.title, state.view.status, state.view.is_off) == ("Счёт за октябрь 2020", "Просрочен", True)


@pytest.mark.parametrize("path", ["/bills/{}", "/bills/{}/receipt"])
@pytest.mark.parametrize("key", ["0", "9999999999", "x"])
def test_a_foreign_or_impossible_bill_is_missing(session, cast, installation, path, key):
    bill = make.bill(session, cast.contract, OCTOBER, "500")
    assert opened(session, cast.boris, path.format(bill.id))[1].status == "missing"
    assert opened(session, cast.anna, path.format(key))[1].status == "missing"


def test_the_receipt_has_everything_a_bank_asks_for(session, cast, installation):
    bill = make.bill(session, cast.contract, OCTOBER, "913.47")
    cast.supplier.sqlmodel_update(PAYEE)
    _, state = opened(session, cast.anna, f"/bills/{bill.id}/receipt")
    fields = {field.label: field for field in state.receipt.fields}
    assert fields["БИК"].value == "044525225" and fields["Лицевой счёт"].value == "7638-294-061"
    assert (fields["Сумма"].copied, fields["Сумма"].said) == ("913,47", "Скопировано: Сумма")
    assert state.receipt.qr.startswith("M4 4h7v1h-7z") and state.receipt.box.startswith("0 0 ")
    assert state.receipt.title == "Оплата счёта за октябрь 2020"


def test_without_details_the_supplier_is_named(session, cast, installation):
    bill = make.bill(session, cast.contract, OCTOBER, "913.47")
    cast.supplier.phone = "8 800 555-00-61"
    _, state = opened(session, cast.anna, f"/bills/{bill.id}/receipt")
    assert (state.receipt.fields, state.receipt.qr, state.receipt.contact) == ((), "", "8 800 555-00-61")


def test_a_paid_bill_asks_for_nothing(session, cast, installation):
    bill = make.bill(session, cast.contract, OCTOBER, "100")
    make.payment(session, cast.contract, date(2020, 11, 5), "100")
    _, state = opened(session, cast.anna, f"/bills/{bill.id}/receipt")
    assert (state.view.pay, state.receipt.qr, state.receipt.fields) == ("", "", ())


def test_english(session, cast, installation):
    make.bill(session, cast.contract, OCTOBER, "1234.56")
    _, state = bills(session, cast.anna, language="en")
    assert state.balance.sentence == "1,234.56\u00a0₽ are overdue: they were due on 15 November."


def test_another_balance_of_the_supplier_in_words(session, cast, installation):
    make.bill(session, cast.contract, OCTOBER, "100")
    known = {"debt_rub": Decimal("1240.50"), "debt_at": make.NOW, "linked_at": make.NOW}
    session.add(ContractSync(contract_id=cast.contract.id, supplier_id=cast.supplier.id, **known))
    cast.supplier.gateway = GatewayKind.HTTP
    session.flush()
    _, state = bills(session, cast.anna)
    words = state.balance.stated.replace("\xa0", " ")
    assert words == "По данным поставщика на 21.11.2026, 12:00: к оплате 1 240,50 ₽."

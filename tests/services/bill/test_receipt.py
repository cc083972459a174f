"""What is to be paid and to whom, with the code a bank reads (Н-43, ГОСТ Р 56042-2014)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from energo_cabinet.errors import NotFound
from energo_cabinet.formats.bill.payment_qr import payment_text, qr_path
from energo_cabinet.models import ConsumerClass
from energo_cabinet.services.bill.receipt import Payee, payment_receipt
from tests import cast as make

OCTOBER = date(2026, 10, 1)
ACCOUNT, BANK, BIC, CORRESPONDENT = "40702810900000000001", "ПАО «Банк»", "044525225", "30101810400000000225"
TOLD = {
    "Name": "ООО «НеКта»",
    "PersonalAcc": ACCOUNT,
    "BankName": BANK,
    "BIC": BIC,
    "CorrespAcc": CORRESPONDENT,
    "Purpose": "Оплата энергии по договору 7638-294-061, счёт 10/2026 за 10.2026",
    "PayeeINN": "7707083893",
    "KPP": "",
    "PersAcc": "7638-294-061",
    "PaymPeriod": "102026",
}
PERSON = {"LastName": "Соколова", "FirstName": "А.", "MiddleName": "В."}


@pytest.fixture
def billed(session, cast):
    """Анна owes 100 of October; her supplier has told its bank."""
    cast.supplier.sqlmodel_update(
        {"payee_name": "ООО «НеКта»", "payee_inn": "7707083893", "payee_account": ACCOUNT}
        | {"payee_bank": BANK, "payee_bic": BIC, "payee_corr_account": CORRESPONDENT}
    )
    session.flush()
    return make.bill(session, cast.contract, OCTOBER, "100.50")


def code(sum_rub: str, **changes: str):
    return qr_path(payment_text(TOLD | PERSON | changes, Decimal(sum_rub)))


def test_the_code_says_what_the_page_says(session, cast, billed):
    found = payment_receipt(session, cast.anna, billed.id)
    assert found.payee == Payee("ООО «НеКта»", "7707083893", "", ACCOUNT, BANK, BIC, CORRESPONDENT)
    assert (found.sum_rub, found.purpose, found.payer) == (Decimal("100.50"), TOLD["Purpose"], "Соколова А. В.")
    assert found.qr == code("100.50")


def test_what_older_bills_left_open_is_in_the_sum(session, cast, billed):
    make.bill(session, cast.contract, date(2026, 9, 1), "9.50")
    make.payment(session, cast.contract, date(2026, 11, 1), "10")
    found = payment_receipt(session, cast.anna, billed.id)
    assert (found.sum_rub, found.qr) == (Decimal(100), code("100"))


def test_what_is_paid_needs_no_code(session, cast, billed):
    make.payment(session, cast.contract, date(2026, 11, 1), "100.50")
    found = payment_receipt(session, cast.anna, billed.id)
    assert (found.sum_rub, found.qr) == (0, None) and found.payee


@pytest.mark.parametrize("lacking", ["account", "bank", "bic", "corr_account"])
def test_without_complete_details_there_is_a_sum_and_nobody_to_pay(session, cast, billed, lacking):
    setattr(cast.supplier, f"payee_{lacking}", "")
    session.flush()
    found = payment_receipt(session, cast.anna, billed.id)
    assert (found.payee, found.qr, found.sum_rub) == (None, None, Decimal("100.50"))


def test_details_that_say_nothing_make_no_code(session, cast, billed):
    """A code that a bank refuses costs a customer more than none."""
    cast.supplier.payee_account = " "
    session.flush()
    found = payment_receipt(session, cast.anna, billed.id)
    assert found.payee and found.qr is None


def test_a_company_has_no_first_name_and_a_long_number_is_left_out(session, cast, billed):
    cast.contract.consumer_class, cast.contract.customer_name = ConsumerClass.COMPANY, "ООО Ромашка"
    cast.contract.number = "7" * 31
    session.flush()
    purpose = TOLD["Purpose"].replace("7638-294-061", "7" * 31)
    nobody = dict.fromkeys(PERSON, "")
    found = payment_receipt(session, cast.anna, billed.id)
    assert found.qr == code("100.50", Purpose=purpose, PersAcc="", **nobody)


def test_a_strangers_receipt_is_not_there(session, cast, billed):
    for who, key in ((cast.boris, billed.id), (cast.anna, billed.id + 1), (cast.anna, 2**40)):
        with pytest.raises(NotFound):
            payment_receipt(session, who, key)

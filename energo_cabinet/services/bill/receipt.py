"""What a customer pays and to whom: the supplier's details, the sum, the QR of ГОСТ Р 56042-2014 (Н-43)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.formats.bill.payment_qr import PaymentFieldError, QrPath, payment_text, qr_path
from energo_cabinet.models import ConsumerClass, Contract, Supplier
from energo_cabinet.services.bill.bill import BillDetail, one_bill
from energo_cabinet.services.contract.code import printed_code
from energo_cabinet.services.values.bill_read import visible_bill
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom a payment goes to."""

    name: str
    inn: str
    kpp: str
    account: str
    bank: str
    bic: str
    corr_account: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment to be made; `payee` None: the supplier has told no complete details; `qr` None: nothing to pay.

    `code` opens the contract to somebody else's cabinet, once; "" for whoever only looks on.
    """

    detail: BillDetail
    supplier_name: str
    supplier_phone: str
    supplier_email: str
    payee: Payee | None
    payer: str
    address: str
    sum_rub: Decimal
    purpose: str
    qr: QrPath | None
    today: date
    code: str = ""


@service("customer", "bill.receipt")
def payment_receipt(session: Session, subject: Subject, bill_id: int) -> Receipt:
    """How to pay a bill and what is open of older ones. NotFound: not the caller's."""
    detail = one_bill(session, subject, bill_id)
    _, contract = visible_bill(session, subject, bill_id)
    supplier = session.get(Supplier, contract.supplier_id)
    assert supplier is not None
    bill, payee = detail.settled.bill, _payee(supplier)
    words = _purpose({"number": bill.number, "month": f"{bill.month:%m.%Y}", "contract": contract.number})
    return Receipt(
        detail=detail,
        supplier_name=supplier.name,
        supplier_phone=supplier.phone,
        supplier_email=supplier.email,
        payee=payee,
        payer=contract.customer_name,
        address=contract.address,
        sum_rub=detail.to_pay_rub,
        purpose=words,
        qr=_qr(payee, contract, bill.month, words, detail.to_pay_rub),
        today=subject.at.date(),
        code="" if subject.viewer_id else printed_code(contract),
    )


def _purpose(facts: dict[str, str]) -> str:
    """The words of the settings: a bank reads them in its own language, whoever pays."""
    words = get_settings().payment_purpose
    for name, value in facts.items():
        words = words.replace(f"{{{name}}}", value)
    return words


def _payee(supplier: Supplier) -> Payee | None:
    """The details, when the standard's mandatory ones are all there."""
    s = supplier
    if not all((s.payee_account, s.payee_bank, s.payee_bic, s.payee_corr_account)):
        return None
    name = s.payee_name or s.name
    return Payee(name, s.payee_inn, s.payee_kpp, s.payee_account, s.payee_bank, s.payee_bic, s.payee_corr_account)


def _qr(payee: Payee | None, contract: Contract, month: date, purpose: str, sum_rub: Decimal) -> QrPath | None:
    if payee is None or sum_rub <= 0:
        return None
    fields = {
        "Name": payee.name,
        "PersonalAcc": payee.account,
        "BankName": payee.bank,
        "BIC": payee.bic,
        "CorrespAcc": payee.corr_account,
        "Purpose": purpose,
        "PayeeINN": payee.inn,
        "KPP": payee.kpp,
        "PersAcc": contract.number if len(contract.number) <= 30 else "",
        "PaymPeriod": f"{month:%m%Y}",
    }
    try:
        return qr_path(payment_text(fields | _payer(contract), sum_rub))
    except PaymentFieldError:
        return None


def _payer(contract: Contract) -> dict[str, str]:
    """The parts of a person's name; a company has none."""
    parts = contract.customer_name.split()
    if contract.consumer_class == ConsumerClass.COMPANY or len(parts) not in (2, 3):
        return {}
    return dict(zip(("LastName", "FirstName", "MiddleName"), parts, strict=False))

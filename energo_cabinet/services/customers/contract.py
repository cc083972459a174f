"""Contracts that staff issue, and the sheets with login and password that are printed once (Н-29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.auth.supplier_access import own_supplier, visible_supplier_contract
from energo_cabinet.domain.contract.secret import new_contract_login, new_contract_password
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput
from energo_cabinet.models import ConsumerClass, Contract, GatewayKind, Supplier
from energo_cabinet.services.customers.contact import checked_contact
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.settings import get_settings

LENGTHS = {"number": 60, "customer_name": 200, "address": 300}


@dataclass(frozen=True, slots=True)
class ContractForm:
    """What a new contract is made of."""

    number: str
    customer_name: str
    address: str
    consumer_class: str
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet for the customer. `password` exists here alone: the database keeps its hash."""

    supplier_name: str
    supplier_phone: str
    supplier_email: str
    number: str
    customer_name: str
    address: str
    login: str
    password: str
    at: datetime


@service("staff:customers", "contract.issue")
def issue_contract(session: Session, subject: Subject, wanted: ContractForm) -> int:
    """A new contract without a password yet: until a sheet is printed only a code or a person opens it; its id.

    InvalidInput: number, customer_name, address, consumer_class, email, phone; Conflict("number_taken").
    """
    supplier = own_supplier(session, subject)
    _refuse_foreign(supplier)
    _check(wanted)
    email, phone = checked_contact(wanted.contact_email, wanted.contact_phone)
    taken = select(Contract.id).where(Contract.supplier_id == supplier.id, Contract.number == wanted.number.strip())
    if session.exec(taken).first():
        raise Conflict("number_taken", "number", number=wanted.number.strip())
    made = Contract(
        supplier_id=supplier.id,
        number=wanted.number.strip(),
        customer_name=wanted.customer_name.strip(),
        address=wanted.address.strip(),
        consumer_class=ConsumerClass(wanted.consumer_class),
        login=_free_login(session, supplier.id),
        password_hash="",
        contact_email=email,
        contact_phone=phone,
    )
    session.add(made)
    session.flush()
    audit_note(session, contract_id=made.id, number=made.number)
    return made.id


@service("staff:customers", "contract.print_sheet", step_up=True)
def print_sheet(session: Session, subject: Subject, contract_id: int, issue: int, new_login: bool = False) -> Sheet:
    """A new password (and login) for a contract, on a sheet that exists once: `issue` is the number of the last one.

    Conflict("sheet_is_gone") for a sheet that has been printed already; sessions and links of people stay.
    """
    contract = visible_supplier_contract(session, subject, contract_id)
    supplier = session.get_one(Supplier, contract.supplier_id)
    _refuse_foreign(supplier)
    rate.take(get_settings().limit_sheet_member, "sheet", str(subject.member.user_id))
    password = new_contract_password()
    login = _free_login(session, contract.supplier_id) if new_login is True else contract.login
    values = {"login": login, "password_hash": hash_password(password), "failed_tries": 0, "locked_until": None}
    mine = update(Contract).where(col(Contract.id) == contract.id, col(Contract.credentials_issue) == issue)
    if type(issue) is not int or session.exec(mine.values(**values, credentials_issue=issue + 1)).rowcount != 1:
        raise Conflict("sheet_is_gone")
    audit_note(session, issue=issue + 1, new_login=new_login is True)
    tell_administrators(session, subject, contract.supplier_id, "contract.print_sheet", contract.number)
    at = subject.at.astimezone(ZoneInfo(supplier.zone_name))
    who = (supplier.name, supplier.phone, supplier.email, contract.number, contract.customer_name, contract.address)
    return Sheet(*who, login, password, at)


def _refuse_foreign(supplier: Supplier) -> None:
    if supplier.gateway != GatewayKind.LOCAL:
        raise CabinetError("contracts_elsewhere")


def _check(form: ContractForm) -> None:
    problems = {name: text_problem(getattr(form, name), longest) for name, longest in LENGTHS.items()}
    wrong = {name: "text_too_long" if code == "too_long" else code for name, code in problems.items() if code}
    if form.consumer_class not in set(ConsumerClass):
        wrong["consumer_class"] = "required"
    if wrong:
        raise InvalidInput(wrong)


def _free_login(session: Session, supplier_id: int) -> str:
    while True:
        login = new_contract_login()
        taken = select(Contract.id).where(Contract.supplier_id == supplier_id, Contract.login == login)
        if session.exec(taken).first() is None:
            return login

"""Where the supplier itself reaches a customer: codes and news of new readers go there, whoever reads the contract."""

from __future__ import annotations

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import visible_supplier_contract
from energo_cabinet.domain.masked import masked_email, masked_phone
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Contract, NotificationKind, Supplier
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.services.sign_in.registration import normal_email


@service("staff:customers", "contract.set_contact", step_up=True)
def set_contact(session: Session, subject: Subject, contract_id: int, email: str, phone: str) -> None:
    """Another address and phone of the customer, "" for none. The address before and all readers are told.

    InvalidInput: email, phone.
    """
    contract = visible_supplier_contract(session, subject, contract_id)
    new_email, new_phone = checked_contact(email, phone)
    before = (contract.contact_email, contract.contact_phone)
    if (new_email, new_phone) == before:
        return
    audit_note(session, contract_id=contract.id, email=masked_email(new_email), phone=masked_phone(new_phone))
    contract.contact_email, contract.contact_phone = new_email, new_phone
    session.add(contract)
    _tell(session, subject, contract, before[0])
    tell_administrators(session, subject, contract.supplier_id, "contract.set_contact", contract.number)


def checked_contact(email: object, phone: object) -> tuple[str, str]:
    """Both as they are stored; InvalidInput: email, phone."""
    wrong, found = {}, {"email": "", "phone": ""}
    for name, value, normal in (("email", email, normal_email), ("phone", phone, normal_phone)):
        given = value.strip() if isinstance(value, str) else ""
        try:
            kept = normal(given) if given else ""
        except InvalidInput:
            kept = None
        if kept is None:
            wrong[name] = f"{name}_invalid"
        else:
            found[name] = kept
    if wrong:
        raise InvalidInput(wrong)
    return found["email"], found["phone"]


def _tell(session: Session, subject: Subject, contract: Contract, old_email: str) -> None:
    supplier = session.get_one(Supplier, contract.supplier_id)
    facts = {"number": contract.number, "supplier": supplier.name}
    if old_email and old_email != contract.contact_email:
        letter.post(session, subject, "contact_changed", old_email, "ru", **facts)
    message = Message(NotificationKind.CONTACT_CHANGED, facts=facts, contract_id=contract.id)
    tell(session, subject, readers_of(session, contract.id), message)

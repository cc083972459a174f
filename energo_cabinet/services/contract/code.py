"""A contract opened by a code: printed on its bill, or sent to the phone or address that the *supplier* knows (Э-24).

The number and the name of a contract stand on every envelope, so they open nothing. Whoever asks is told the same,
whether a contract has the number or not.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.passwords import hash_password, verify_password
from energo_cabinet.domain.contract.secret import code_key, code_of, new_code
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.errors import InvalidInput, WrongSecret
from energo_cabinet.models import Contract, ContractCode, LinkWay, Supplier
from energo_cabinet.services.contract.contract import ContractCard, card_of
from energo_cabinet.services.contract.link_request import NUMBER_LENGTH, contract_by_number
from energo_cabinet.services.contract.opening import open_contract
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.sms import is_sms_possible, send_words
from energo_cabinet.services.supplier.entry import supplier_of_region
from energo_cabinet.settings import get_settings

LONGEST = {"number": NUMBER_LENGTH, "code": 40}


def printed_code(contract: Contract) -> str:
    """What stands on the bill until somebody has used it: twelve of thirty signs, 58 bits."""
    named = f"contract code|{contract.supplier_id}|{contract.id}|{contract.code_issue}"
    return code_of(hmac.digest(get_settings().key, named.encode(), "sha256"))


@service("customer", "contract_code.send")
def send_contract_code(session: Session, subject: Subject, region: str, number: str) -> None:
    """Send a code for the caller to where the supplier reaches the customer; silent when there is nothing of that kind.

    InvalidInput: region, number; TooManyAttempts by account and by contract.
    """
    settings = get_settings()
    supplier = _checked(session, region, number)
    rate.take(settings.limit_contract_code_user, "contract-code", str(subject.user))
    contract = contract_by_number(session, supplier.id, number)
    if contract is None or not (contract.contact_email or (contract.contact_phone and is_sms_possible())):
        return
    rate.take(settings.limit_contract_code_target, "contract-code-of", str(contract.id))
    code, life = new_code(), timedelta(minutes=settings.contract_code_minutes)
    session.add(
        ContractCode(
            contract_id=contract.id,
            user_id=subject.user,
            code_hash=hash_password(code_key(code)),
            created_at=subject.at,
            expires_at=subject.at + life,
        )
    )
    words: dict[str, Any] = {
        "code": code,
        "number": contract.number,
        "supplier": supplier.name,
        "minutes": settings.contract_code_minutes,
    }
    if contract.contact_email:
        letter.post(session, subject, "contract_code", contract.contact_email, "ru", **words)
    if contract.contact_phone and is_sms_possible():
        send_words(session, subject, subject.user, contract.contact_phone, "contract_code.sms", **words)


@service("customer", "contract_code.use")
def link_by_code(session: Session, subject: Subject, region: str, number: str, code: str) -> ContractCard:
    """Open a contract by its number and a code of it.

    InvalidInput: region, number, code; WrongSecret("wrong_contract_code", "code") whichever of them is wrong;
    refusals of `open_contract`.
    """
    supplier = _checked(session, region, number, code=code)
    rate.take(get_settings().limit_contract_ip, "contract", str(subject.user))
    contract = contract_by_number(session, supplier.id, number)
    if contract is None or not (_use_printed(session, contract, code) or _use_sent(session, subject, contract, code)):
        raise WrongSecret("wrong_contract_code", "code")
    link = open_contract(session, subject, contract, subject.user, contract.number, LinkWay.CODE, "number")
    return card_of(session, subject, link.id)


def _checked(session: Session, region: str, number: str, **more: str) -> Supplier:
    supplier = supplier_of_region(session, region)
    wrong = {"region": "required"} if supplier is None else {}
    for name, value in {"number": number, **more}.items():
        if problem := text_problem(value, LONGEST[name]):
            wrong[name] = "text_too_long" if problem == "too_long" else problem
    if wrong or supplier is None:
        raise InvalidInput(wrong)
    return supplier


def _use_printed(session: Session, contract: Contract, code: str) -> bool:
    """Whether it is the bill's code; it is used up by that, between two tabs too."""
    if not hmac.compare_digest(code_key(printed_code(contract)).encode(), code_key(code).encode()):
        return False
    mine = update(Contract).where(col(Contract.id) == contract.id, col(Contract.code_issue) == contract.code_issue)
    return bool(session.exec(mine.values(code_issue=contract.code_issue + 1)).rowcount == 1)


def _use_sent(session: Session, subject: Subject, contract: Contract, code: str) -> bool:
    """Whether it is the newest code sent for this person; the try is counted before it is looked at."""
    live = (
        col(ContractCode.contract_id) == contract.id,
        col(ContractCode.user_id) == subject.user,
        col(ContractCode.used_at).is_(None),
        col(ContractCode.expires_at) > subject.at,
        col(ContractCode.tries) < get_settings().code_tries,
    )
    row = session.exec(select(ContractCode).where(*live).order_by(col(ContractCode.id).desc())).first()
    if row is None:
        return False
    mine = update(ContractCode).where(col(ContractCode.id) == row.id, *live)
    if session.exec(mine.values(tries=ContractCode.tries + 1)).rowcount != 1:
        return False
    if not verify_password(code_key(code), row.code_hash):
        return False
    used = update(ContractCode).where(col(ContractCode.id) == row.id, col(ContractCode.used_at).is_(None))
    return bool(session.exec(used.values(used_at=subject.at)).rowcount == 1)

"""Who I am in the cabinet: name, phone, language of letters (Н-51, Н-52; Э-55); the e-mail is `email_change`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.reauthentication import confirm_password, signed_in_user

NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PersonCard:
    """The account as its owner sees it; `phone` in E.164 or ""."""

    full_name: str
    email: str
    phone: str
    address: str
    contract_number: str
    created_at: datetime
    password_changed_at: datetime


@service("customer", "person.card")
def my_person(session: Session, subject: Subject) -> PersonCard:
    """The caller's account; letters follow the language the cabinet is read in."""
    user = signed_in_user(session, subject)
    if user.language != subject.language:
        user.language = subject.language
        session.add(user)
    return PersonCard(
        user.full_name,
        user.email,
        user.phone,
        user.address,
        user.contract_number,
        user.created_at,
        user.password_changed_at,
    )


@service("customer", "person.change_name")
def change_name(session: Session, subject: Subject, full_name: str) -> None:
    """Another Ф.И.О., from now on (Н-52); InvalidInput("full_name")."""
    if problem := text_problem(full_name, NAME_LENGTH):
        raise InvalidInput({"full_name": "text_too_long" if problem == "too_long" else problem})
    user = signed_in_user(session, subject)
    user.full_name = " ".join(full_name.split())
    session.add(user)


@service("customer", "person.change_phone")
def change_phone(session: Session, subject: Subject, phone: str, password: str) -> None:
    """Another phone number; the password is asked, the other sessions end, the owner is told by letter.

    InvalidInput("phone"); errors of `confirm_password`.
    """
    if not isinstance(phone, str) or not phone.strip():
        raise InvalidInput({"phone": "required"})
    number = normal_phone(phone)
    if number is None:
        raise InvalidInput({"phone": "phone_invalid"})
    user = confirm_password(session, subject, password)
    if user.phone == number:
        return
    user.phone = number
    session.add(user)
    revoke(session, subject.user, subject.at, keep=subject.session_id)
    letter.post(session, subject, "phone_changed", user.email, user.language)

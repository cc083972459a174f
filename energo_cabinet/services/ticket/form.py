"""What the customer types for a ticket: its checks, its limit, its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.form_text import has_forbidden, paragraphs_problem, text_problem
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.errors import InvalidInput, TooManyAttempts
from energo_cabinet.models import Contract, TicketCategory, User
from energo_cabinet.settings import get_settings

LONGEST_THEME, LONGEST_TEXT, LONGEST_NOTE = 120, 4000, 300


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What «Создать обращение» sends. `key` (of `ticket_draft.new_form`) makes a second click harmless."""

    category: str
    theme: str
    text: str
    email: str
    phone: str = ""
    key: str = ""
    attachment_ids: tuple[int, ...] = ()


def check_form(form: TicketForm) -> None:
    """InvalidInput: category, theme, text, email, phone."""
    refuse(
        {
            "category": "" if form.category in set(TicketCategory) else "ticket_category",
            "theme": _long("theme", text_problem(form.theme, LONGEST_THEME)),
            "text": _long("text", paragraphs_problem(form.text, LONGEST_TEXT)),
            "email": _email_problem(form.email),
            "phone": _phone_problem(form.phone),
        }
    )


def check_text(text: object) -> None:
    """InvalidInput: text."""
    refuse({"text": _long("text", paragraphs_problem(text, LONGEST_TEXT))})


def refuse(problems: dict[str, str]) -> None:
    """InvalidInput with the fields that have a problem; nothing without any."""
    wrong = {name: code for name, code in problems.items() if code}
    if wrong:
        raise InvalidInput(wrong)


def take_limit(subject: Subject) -> None:
    """Count a message of the user's; TooManyAttempts beside the text."""
    try:
        rate.take(get_settings().limit_ticket_user, "ticket", str(subject.user))
    except TooManyAttempts as error:
        raise TooManyAttempts(int(str(error.params["minutes"])), "ticket_limit", "text") from None


def author_words(session: Session, user_id: int, contract: Contract) -> str:
    """Who writes, folded, for the search of the supplier's staff."""
    user = session.get_one(User, user_id)
    return f"{contract.number} {user.full_name} {user.email} {user.phone} {contract.customer_name}".casefold()[:300]


def digest(*parts: str) -> str:
    """The fingerprint of what was sent."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _long(name: str, problem: str) -> str:
    return f"ticket_{name}_long" if problem == "too_long" else problem


def _email_problem(email: str) -> str:
    problem = text_problem(email, 254)
    if problem:
        return problem
    try:
        validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return "email_invalid"
    return ""


def _phone_problem(phone: str) -> str:
    if not phone.strip():
        return ""
    return "phone_invalid" if has_forbidden(phone) or normal_phone(phone) is None else ""

"""The application form and what is wrong with it (Э-20…31, Н-9…18)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from energo_cabinet.auth.password_rules import password_problem
from energo_cabinet.domain.email_address import normal_address
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.domain.phone_number import normal_phone
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import ConsumerClass
from energo_cabinet.settings import get_settings

CONSENTS = ("terms", "personal_data")
_LENGTHS = {"full_name": 200, "address": 300, "contract_number": 60}
_OPTIONAL = frozenset({"address", "contract_number"})


@dataclass(frozen=True, slots=True)
class Registration:
    """The form as sent: nothing in it is believed before `register` has checked it."""

    full_name: str
    phone: str
    email: str
    password: str = field(repr=False)
    password2: str = field(repr=False)
    terms: bool = False
    personal_data: bool = False
    address: str = ""
    contract_number: str = ""
    consumer_class: str = ""
    region: str = ""


def normal_email(value: object) -> str:
    """The address as it is stored (`domain.email_address`); InvalidInput: required, email_invalid."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput({"email": "required"})
    address = normal_address(value)
    if address is None:
        raise InvalidInput({"email": "email_invalid"})
    return address


def check(form: Registration, is_region_known: bool) -> None:
    """InvalidInput with every wrong field; with a class of object nothing may be left out (Э-20)."""
    wrong = _wrong_texts(form) | _wrong_contacts(form)
    personal = [value for value in (form.full_name, form.email) if isinstance(value, str)]
    if problem := password_problem(form.password, *personal):
        wrong["password"] = problem
    elif form.password2 != form.password:
        wrong["password2"] = "passwords_differ"
    wrong |= {name: "consent_required" for name in CONSENTS if getattr(form, name) is not True}
    if form.consumer_class not in ("", *ConsumerClass):
        wrong["consumer_class"] = "wrong_type"
    elif _is_complete(form) and not is_region_known:
        wrong["region"] = "required"
    if wrong:
        order = [f.name for f in fields(form)]
        raise InvalidInput(
            dict(sorted(wrong.items(), key=lambda item: order.index(item[0]))), min=get_settings().password_min_length
        )


def _is_complete(form: Registration) -> bool:
    """Whether it is the form of a class of object, in which everything is required."""
    return form.consumer_class in tuple(ConsumerClass)


def _wrong_texts(form: Registration) -> dict[str, str]:
    optional = frozenset() if _is_complete(form) else _OPTIONAL
    found = {name: _text_problem(getattr(form, name), longest, name in optional) for name, longest in _LENGTHS.items()}
    return {name: code for name, code in found.items() if code}


def _text_problem(value: object, longest: int, is_optional: bool) -> str:
    if is_optional and value == "":
        return ""
    code = text_problem(value, longest)
    return "text_too_long" if code == "too_long" else code


def _wrong_contacts(form: Registration) -> dict[str, str]:
    wrong = {}
    if not isinstance(form.phone, str) or not form.phone.strip():
        wrong["phone"] = "required"
    elif normal_phone(form.phone) is None:
        wrong["phone"] = "phone_invalid"
    try:
        normal_email(form.email)
    except InvalidInput as error:
        wrong |= error.fields
    return wrong

"""A sign-in that waits for its second step; a passkey added by its owner."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.errors import SecondStepNeeded
from energo_cabinet.models import SmsMessage
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.passkey import add_passkey, begin_adding
from tests.cast import NOW
from tests.services.sign_in.authenticator import Authenticator

PASSWORD = "Синий трактор 7"


def visitor(at=NOW, ip="192.0.2.1"):
    return Subject("anonymous", at, ip=ip, device="Firefox")


def step(session, at=NOW):
    with pytest.raises(SecondStepNeeded) as caught:
        account.sign_in(session, visitor(at), "anna@example.org", PASSWORD, True)
    session.flush()
    return caught.value.token


def later(seconds=60):
    return NOW + timedelta(seconds=seconds)


def sms_code(session):
    newest = session.exec(select(SmsMessage).order_by(SmsMessage.id.desc())).first()
    return re.match(r"\d{6}", newest.text)[0]


def with_passkey(session, who, name="Телефон", code=""):
    made = Authenticator()
    add_passkey(session, who, made.makes(begin_adding(session, who, name, PASSWORD, code)))
    session.flush()
    made.who = who
    return made

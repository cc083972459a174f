"""Applications with a contract, for the tests of requests and of decisions about them."""

from dataclasses import replace

from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import User
from energo_cabinet.services.sign_in import account
from tests.cast import NOW
from tests.services.sign_in.test_registration import FORM, key_in, letters, visitor

SYSTEM = Subject("system", NOW)
NUMBER = "7638-294-061"


def activated(session, region, **changes):
    """Apply for an account with a contract, press the button in the letter; the new user."""
    form = {"address": "Лесная, 18", "contract_number": NUMBER, "consumer_class": "flat", "region": region} | changes
    account.register(session, visitor(), replace(FORM, **form))
    account.activate(session, visitor(), key_in(letters(session)[-1]), FORM.password)
    session.flush()
    return Subject("customer", NOW, user_id=session.exec(select(User.id)).first())

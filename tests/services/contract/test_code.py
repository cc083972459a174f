"""A contract is opened by a secret of its supplier; its number and its customer's name are none (RC-1 of the audit)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.errors import CabinetError, InvalidInput, TooManyAttempts, WrongSecret
from energo_cabinet.models import Contract, ContractLink, LinkWay, OutboxLetter, SmsMessage
from energo_cabinet.services.contract.code import link_by_code, printed_code, send_contract_code
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.contract.link_request import request_link
from energo_cabinet.services.person.person import change_name
from tests import cast as make
from tests.services.contract.scene import NUMBER

pytestmark = pytest.mark.usefixtures("surroundings")
OWNER = "Соколова Анна Викторовна"
SENT = re.compile(r"[a-z2-9]{4}-[a-z2-9]{4}")


@pytest.fixture
def boris(session):
    return make.person(session, "boris@example.org", "Лебедев Борис")


@pytest.fixture
def contract(session, region):
    return session.exec(select(Contract)).one()


def refusal(call, *args):
    with pytest.raises(CabinetError) as caught:
        call(*args)
    return caught.value.code


def known(session, contract, email="abonent@example.org", phone=""):
    """The supplier knows where to reach the customer."""
    contract.contact_email, contract.contact_phone = email, phone
    session.add(contract)
    session.flush()


def sent_code(session) -> str:
    letter = session.exec(select(OutboxLetter).order_by(OutboxLetter.id.desc())).first()
    return SENT.search(letter.text)[0]


def test_number_and_name_open_nothing(session, region, boris):
    """RC-1 1a as it was run: take the owner's name, ask for the owner's number."""
    change_name(session, boris, OWNER)
    assert request_link(session, boris, region, NUMBER).status == "waiting"
    assert session.exec(select(ContractLink)).all() == []


def test_the_code_of_the_bill_opens_once(session, region, contract, boris):
    code = printed_code(contract)
    card = link_by_code(session, boris, region, NUMBER.replace("-", " "), code.upper().replace("-", ""))
    assert (card.number, session.exec(select(ContractLink.way)).one()) == (NUMBER, LinkWay.CODE)
    vera = make.person(session, "vera@example.org", "Вера")
    assert refusal(link_by_code, session, vera, region, NUMBER, code) == "wrong_contract_code"
    session.refresh(contract)
    assert printed_code(contract) != code and link_by_code(session, vera, region, NUMBER, printed_code(contract))


@pytest.mark.parametrize("code", ["", " ", "\x00", "x" * 41, None, 7, ["a"]])
def test_what_is_no_code_is_said(session, region, contract, boris, code):
    with pytest.raises(InvalidInput) as caught:
        link_by_code(session, boris, region, NUMBER, code)
    assert set(caught.value.fields) == {"code"}


def test_unknown_number_and_wrong_code_are_answered_alike(session, region, contract, boris):
    for number, code in ((NUMBER, "aaaa-bbbb-cccc"), ("40-1", printed_code(contract)), (NUMBER, "-"), (NUMBER, "ключ")):
        assert refusal(link_by_code, session, boris, region, number, code) == "wrong_contract_code"


def test_a_code_goes_where_the_supplier_reaches_the_customer(session, region, contract, boris):
    known(session, contract, phone="+79120001842")
    send_contract_code(session, boris, region, NUMBER)
    assert session.exec(select(OutboxLetter.to_email)).all() == ["abonent@example.org"]
    assert sent_code(session) in session.exec(select(SmsMessage.text)).one()
    assert link_by_code(session, boris, region, NUMBER, sent_code(session)).number == NUMBER


def test_a_sent_code_is_bound_to_who_asked_and_dies(session, region, contract, boris):
    known(session, contract)
    send_contract_code(session, boris, region, NUMBER)
    code, vera = sent_code(session), make.person(session, "vera@example.org", "Вера")
    assert refusal(link_by_code, session, vera, region, NUMBER, code) == "wrong_contract_code"
    late = replace(boris, at=boris.at + timedelta(minutes=31))
    assert refusal(link_by_code, session, late, region, NUMBER, code) == "wrong_contract_code"


def test_five_guesses_end_a_sent_code(session, region, contract, boris):
    known(session, contract)
    send_contract_code(session, boris, region, NUMBER)
    for _ in range(5):
        with pytest.raises(WrongSecret):
            link_by_code(session, boris, region, NUMBER, "aaaa-bbbb")
    assert refusal(link_by_code, session, boris, region, NUMBER, sent_code(session)) == "wrong_contract_code"


def test_guesses_are_counted_by_account(session, region, contract, boris):
    for _ in range(30):
        refusal(link_by_code, session, boris, region, NUMBER, "aaaa-bbbb-cccc")
    with pytest.raises(TooManyAttempts):
        link_by_code(session, boris, region, NUMBER, printed_code(contract))


def test_nobody_learns_whether_a_number_exists_or_is_reachable(session, region, contract, boris):
    for number in (NUMBER, "40-1"):
        assert send_contract_code(session, boris, region, number) is None
    assert session.exec(select(OutboxLetter)).all() == []


def test_few_codes_are_sent_to_one_customer_and_for_one_account(session, region, contract):
    """Not a way to flood somebody's phone, from one account or from many."""
    known(session, contract)
    for number in range(5):
        asker = make.person(session, f"p{number}@example.org", "П")
        send_contract_code(session, asker, region, NUMBER)
    with pytest.raises(TooManyAttempts):
        send_contract_code(session, make.person(session, "p9@example.org", "П"), region, NUMBER)
    rate.forget_all()
    one = make.person(session, "one@example.org", "П")
    for _ in range(5):
        send_contract_code(session, one, region, "нет такого")
    with pytest.raises(TooManyAttempts):
        send_contract_code(session, one, region, "нет такого")
    assert list_contracts(session, one) == []

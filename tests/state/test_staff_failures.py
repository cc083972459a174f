"""«Не доставлено» in words, without a browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from energo_cabinet.services.staff_failure import Failure
from energo_cabinet.state.staff_failures import StaffFailuresState, error_words
from tests import cast as make
from tests.services.test_staff_failure import everything
from tests.state.tab import signed_in

pytestmark = pytest.mark.usefixtures("installation")


def looking(session, who, query=""):
    tab = signed_in(session, who)
    tab.look_at(f"/staff/failures{query}")
    return tab.run(StaffFailuresState, "load")


def test_everything_in_words(session, cast):
    everything(session, cast, datetime.now(UTC))  # the page asks the clock, and old ones are over
    state = looking(session, cast.grigory)
    assert [(row.kind, row.what) for row in state.rows] == [
        ("Письмо", "Вход"),
        ("SMS", "Код подтверждения"),
        ("Поставщику", "Обращение «Счётчик»"),
    ]
    assert state.rows[0].meta.endswith("3 попытки") and state.rows[0].href == f"/staff/customers/{cast.contract.id}"
    assert [(one.count, one.is_on) for one in state.choices] == [("3", True), ("1", False), ("1", False), ("1", False)]


def test_filter_of_the_address(session, cast):
    everything(session, cast, datetime.now(UTC))  # the page asks the clock, and old ones are over
    assert len(looking(session, cast.grigory, "?kind=sms").rows) == 1
    assert looking(session, cast.grigory, "?kind=evil").kind == ""
    assert looking(session, cast.darya, "?kind=sms").status == "empty"


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("letter", "SMTPRecipientsRefused [550]", "не знает такого адреса"),
        ("letter", "SMTPDataError [552]", "переполнен"),
        ("letter", "SMTPDataError [554]", "нежелательным"),
        ("letter", "SMTPDataError [571]", "отказался"),
        ("letter", "SMTPConnectError", "Три дня"),
        ("sms", "expired", "устарел"),
        ("delivery", "договор закрыт", "не принял: договор закрыт"),
        ("delivery", "unknown reading", "Поставщик не принял."),
    ],
)
def test_reasons_in_plain_words(kind, error, words):
    assert words in error_words(Failure(kind, 1, "x", "", "ticket", make.NOW, 1, error), "ru")


def test_customer_gets_nothing(session, cast):
    assert looking(session, cast.anna).rows == []

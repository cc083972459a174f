"""The payment QR of ГОСТ Р 56042-2014, read back by a real decoder and compared field by field (Н-43)."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.formats.bill.payment_qr import LONGEST, SEPARATORS, PaymentFieldError, QrPath, payment_text, qr_path

FIELDS = {
    "Name": "АО «Северогорск Энергосбыт»",
    "PersonalAcc": "40702810938000012345",
    "BankName": "АО «Северный банк» г. Северогорск",
    "BIC": "044525225",
    "CorrespAcc": "30101810400000000225",
    "Purpose": "Электроэнергия за октябрь 2026, счёт 10/2026, НДС 20 %",
    "PayeeINN": "7707083893",
    "KPP": "770701001",
    "PersAcc": "7638-294-061",
    "LastName": "Соколова",
    "FirstName": "Анна",
    "MiddleName": "Викторовна",
    "PayerAddress": "г. Северогорск, ул. Лесная, 18, кв. 42",
    "PaymPeriod": "102026",
}
SUM = Decimal("913.47")


def seen(code: QrPath, scale: int = 4) -> str:
    """Draw the path black on white and let ZXing look at it."""
    picture = np.full((code.size, code.size), 255, np.uint8)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        picture[int(y), int(x) : int(x) + int(width)] = 0
    (found,) = zxingcpp.read_barcodes(np.kron(picture, np.ones((scale, scale), np.uint8)))
    return found.bytes.decode("utf-8")


def parsed(text: str) -> dict[str, str]:
    """Fields of a text as a bank reads it: the sign after ST00012 separates."""
    assert text.startswith("ST00012")
    return dict(pair.split("=", 1) for pair in text[8:].split(text[7]))


def test_every_field_is_read_back():
    fields = parsed(seen(qr_path(payment_text(FIELDS, SUM))))
    assert fields == FIELDS | {"Sum": "91347"}


def test_the_mandatory_fields_come_first_and_in_order():
    first = list(parsed(payment_text(FIELDS, SUM)))[:6]
    assert first == ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc", "Sum"]
    assert payment_text(FIELDS, SUM).startswith("ST00012|Name=АО «Северогорск Энергосбыт»|PersonalAcc=4070")


LETTERS = st.characters(codec="utf-8", exclude_characters=SEPARATORS[1:], exclude_categories=("C", "Z"))
texts = st.text(LETTERS, min_size=1)


@given(name=texts, purpose=texts, kopecks=st.integers(1, 10**12))
def test_any_texts_survive(name, purpose, kopecks):
    """A «|» in a value changes the separator; the standard's lengths hold."""
    text = payment_text(FIELDS | {"Name": name, "Purpose": purpose}, Decimal(kopecks) / 100)
    fields = parsed(text)
    assert fields["Name"] == name[:160]
    assert fields.get("Purpose", "") == purpose[:210]
    assert int(fields["Sum"]) == kopecks
    assert all(len(value) <= LONGEST[field] for field, value in fields.items())


def test_a_separator_in_a_value_is_read_back():
    fields = parsed(seen(qr_path(payment_text(FIELDS | {"Purpose": "счёт 10|2026 #1"}, SUM))))
    assert fields["Purpose"] == "счёт 10|2026 #1"


def test_line_breaks_become_spaces():
    assert parsed(payment_text(FIELDS | {"Purpose": "за\r\nоктябрь\t2026"}, SUM))["Purpose"] == "за октябрь 2026"


@pytest.mark.parametrize("field", ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc"])
def test_without_a_mandatory_field_there_is_no_code(field):
    with pytest.raises(PaymentFieldError) as refused:
        payment_text(FIELDS | {field: " "}, SUM)
    assert refused.value.field == field


@pytest.mark.parametrize("rub", ["0", "-1", "0.001"])
def test_a_sum_is_positive_and_in_kopecks(rub):
    with pytest.raises(PaymentFieldError):
        payment_text(FIELDS, Decimal(rub))


def test_a_number_is_never_cut():
    with pytest.raises(PaymentFieldError):
        payment_text(FIELDS | {"PersonalAcc": "4" * 21}, SUM)

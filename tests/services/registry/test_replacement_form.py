"""The form of a replacement: which meters are free, and what is told beside a field (Н-149, Н-151)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import MeterReading
from energo_cabinet.services.registry.replacement import replace_meter
from energo_cabinet.services.registry.replacement_form import replacement_form
from tests import cast as make
from tests.services.registry.scene import REGISTERS, TYPED, arrives, at, read_by_hand


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"final_T1": "1139"}, {"final_T1": "registry_final_below_last"}),
        ({"initial_T1": "200"}, {"initial_T1": "registry_initial_above_next"}),
        ({"final_T1": ""}, {"final_T1": "reading_required"}),
        ({"initial_T1": "1e9"}, {"initial_T1": "reading_number"}),
        ({"day": "2027-01-01"}, {"day": "registry_in_future"}),
        ({"day": "2019-01-01"}, {"day": "registry_replaced_before_installed"}),
        ({"day": "вчера"}, {"day": "registry_day_invalid"}),
        ({"serial": "41907352", "model": "Меркурий 204 ARTM"}, {"serial": "registry_serial_same"}),
        ({"next_verification_on": "2026-01-01"}, {"next_verification_on": "registry_verification_before_installation"}),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(session, cast, typed, wrong):
    read_by_hand(session, cast)
    arrives(session, cast, at(1, 11), 167_000)
    with pytest.raises(InvalidInput) as refused:
        replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS | typed, "41907352")
    assert refused.value.fields == wrong


def test_a_meter_that_stands_elsewhere_is_refused_and_not_offered(session, cast):
    read_by_hand(session, cast)
    make.meter(session, make.point(session, cast.contract, "Н-1"), serial_number="55500001", model="Нартис-И100")
    with pytest.raises(InvalidInput) as refused:
        replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS, "41907352")
    assert refused.value.fields == {"serial": "registry_serial_stands"}
    assert replacement_form(session, cast.grigory, cast.point.id).free == ()


def test_a_register_typed_with_the_digits_of_its_dial_is_the_one_that_is_known(session, cast):
    """The page says the last one with two decimals; typed back it is not below itself."""
    meter = make.meter(session, cast.point, is_smart=False)
    make.readings(session, cast.point, "T1", [(at(1), 1_000_004), (at(15), 1_140_004)], meter_id=meter.id)
    replace_meter(session, cast.grigory, cast.point.id, TYPED | REGISTERS | {"final_T1": "1140,00"}, "41907352")
    kept = select(MeterReading.register_wh).where(MeterReading.read_at > at(15)).order_by(MeterReading.read_at)
    assert session.exec(kept).first() == 1_140_004

"""Operators who have the same ticket open see each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from energo_cabinet.services.desk.presence import be_absent, be_present
from energo_cabinet.services.desk.thread import desk_ticket
from tests import cast as make
from tests.services.desk.scene import opened


def test_two_operators_see_each_other_until_one_leaves_or_falls_silent(session, cast, olga):
    number = opened(session, cast)
    assert be_present(session, cast.grigory, number) == []
    assert be_present(session, olga, number) == ["Громов Григорий"]
    assert desk_ticket(session, cast.grigory, number).present == ("Орлова Ольга Ивановна",)
    later = replace(cast.grigory, at=make.NOW + timedelta(minutes=3))
    assert be_present(session, later, number) == []
    be_absent(session, olga, number)
    assert desk_ticket(session, cast.grigory, number).present == ()

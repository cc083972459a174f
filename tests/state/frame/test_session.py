"""The frame of signed-in pages: whose name, whose contracts (Н-39…41)."""

from __future__ import annotations

import pytest

from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.frame.visitor import VisitorState
from tests import cast as make
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")


def test_frame_shows_the_person_and_their_contracts_only(session, cast):
    state = signed_in(session, cast.anna).run(SessionState, "load")
    assert (state.name, state.initials) == ("Соколова Анна Викторовна", "СА")
    assert [c["number"] for c in state.contracts] == ["7638-294-061"]
    assert state._contract_id == cast.contract.id
    assert signed_in(session, cast.boris).run(SessionState, "load").contracts == []


def test_address_chooses_among_own_contracts_only(session, cast):
    second = make.link(session, cast.anna, make.contract(session, cast.supplier, "40-11825"), "Дача")
    foreign = make.link(session, cast.boris, make.contract(session, cast.supplier, "1204-Ю"), "Чужой")
    tab = signed_in(session, cast.anna)
    tab.run(SessionState, "load")
    for asked, shown in ((second.id, "Дача"), (foreign.id, "Квартира на Лесной")):
        tab.look_at(f"/points?contract={asked}")
        assert tab.run(SessionState, "load").title == shown


@pytest.mark.parametrize("cookies", ["", "sid=forged", "sid=a; sid=b", "sid=\x00; lang=<b>"])
def test_without_a_live_session_nothing_is_loaded(cookies):
    state = Tab(cookies).run(SessionState, "load")
    assert (state.name, state.contracts, state.is_loaded) == ("", [], False)


def test_public_pages_learn_only_whether_somebody_is_signed_in(session, cast):
    tab = signed_in(session, cast.anna)
    assert tab.run(VisitorState, "load").is_signed_in
    assert "Соколова" not in str(tab.root.get_delta())
    assert not Tab().run(VisitorState, "load").is_signed_in

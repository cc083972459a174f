"""«Подключить мобильный клиент» and the phone's front, without a browser (Э-65…72)."""

from __future__ import annotations

import asyncio
from base64 import b64decode

import pytest
from reflex.istate.data import HeaderData

from energo_cabinet import door
from energo_cabinet.services.phone.pairing_claim import enter_by_claim
from energo_cabinet.state.phone.connect import PairingState, refresh_pairing
from energo_cabinet.state.phone.devices import PairedDevicesState, refresh_devices
from energo_cabinet.state.phone.mobile import PhoneState
from tests.state.tab import Tab, signed_in

UA = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def desk(session, cast, installation) -> Tab:
    """Анна's tab with the page open."""
    tab = signed_in(session, cast.anna)
    tab.look_at("/connect")
    tab.run(PairingState, "load")
    tab.run(PairedDevicesState, "load")
    return tab


@pytest.fixture
def phone() -> Tab:
    """A visitor's tab on a phone."""
    tab = Tab()
    tab.root.rx_router_headers = HeaderData.from_router_data({"headers": {"cookie": "", "user-agent": UA}})
    tab.look_at("/mobile")
    return tab


def refresh(tab: Tab) -> PairingState:
    """What the push does."""
    asyncio.run(refresh_pairing(tab.root))
    asyncio.run(refresh_devices(tab.root))
    return tab.state(PairingState)


def typed(phone: Tab, desk: Tab) -> PhoneState:
    return phone.run(PhoneState, "take_typed", {"code": desk.state(PairingState).typed})


def test_the_page_shows_a_picture_and_a_code_to_type(desk):
    state = desk.state(PairingState)
    assert state.status == "shown"
    assert b"<svg" in b64decode(state.picture.partition("base64,")[2])
    assert (len(state.typed), state.seconds) == (9, 60)
    assert desk.state(PairedDevicesState).status == "empty"


def test_a_claim_is_pushed_with_name_and_number_and_takes_the_picture_away(desk, phone):
    at_phone = typed(phone, desk)
    state = refresh(desk)
    assert (state.status, state.device, state.picture) == ("claimed", "Android, Chrome", "")
    assert (at_phone.status, at_phone.check, at_phone.claim) == ("waiting", state.check, "")


def test_only_after_confirmation_the_phone_gets_its_claim(desk, phone):
    at_phone = typed(phone, desk)
    assert asyncio.run(at_phone._look(at_phone._claim)) == "claimed"
    refresh(desk)
    assert desk.run(PairingState, "confirm").status == "confirmed"
    asyncio.run(at_phone._look(at_phone._claim))
    assert (at_phone.status, len(at_phone.claim)) == ("confirmed", 43)


def test_a_refused_phone_is_told(desk, phone):
    at_phone = typed(phone, desk)
    refresh(desk)
    assert desk.run(PairingState, "refuse").status == "refused"
    asyncio.run(at_phone._look(at_phone._claim))
    assert (at_phone.status, at_phone.error) == ("failed", "На компьютере вход с этого телефона отклонён.")


def test_a_second_phone_is_told_why_not(desk, phone):
    typed(phone, desk)
    other = Tab()
    assert "уже использован" in typed(other, desk).error


def test_leaving_the_page_withdraws_the_code(desk, phone):
    code = desk.state(PairingState).typed
    desk.run(PairingState, "leave")
    assert "истекло" in phone.run(PhoneState, "take_typed", {"code": code}).error


@pytest.mark.parametrize("form", [{}, None, {"code": 7}, {"code": "0000-0000"}, {"code": "я" * 9}, 5])
def test_a_wrong_code_is_unknown(desk, phone, form):
    state = phone.run(PhoneState, "take_typed", form)
    assert (state.status, state.error[:16]) == ("failed", "Такого кода нет.")


def test_the_camera_sees_another_picture(phone, installation):
    state = phone.run(PhoneState, "take", "WIFI:S:home;;")
    assert (state.status, state.is_foreign) == ("login", True)
    state = phone.run(PhoneState, "take", f"https://lk.drugoy.ru/mobile#c={'a' * 43}")
    assert (state.status, state.other.split("/")[2]) == ("other", "lk.drugoy.ru")


@pytest.mark.parametrize(("why", "kept"), [("denied", "denied"), ("absent", "absent"), ("<b>", "busy"), (7, "busy")])
def test_without_a_camera_it_says_why(phone, why, kept):
    assert phone.run(PhoneState, "lack_camera", why).camera == kept


def test_a_phone_is_shut_out_after_a_question(session, cast, desk, phone):
    at_phone = typed(phone, desk)
    refresh(desk)
    desk.run(PairingState, "confirm")
    door.run(door.Caller(), enter_by_claim, at_phone._claim)
    refresh(desk)
    devices = desk.state(PairedDevicesState)
    assert [row.name for row in devices.rows] == ["Android, Chrome"]
    desk.run(PairedDevicesState, "ask", devices.rows[0].id)
    assert devices.asked_name == "Android, Chrome"
    assert desk.run(PairedDevicesState, "revoke").status == "empty"


@pytest.mark.parametrize("given", [0, -1, "1", None, 999])
def test_asking_about_what_is_not_listed_asks_nothing(desk, given):
    assert desk.run(PairedDevicesState, "ask", given).asked == 0

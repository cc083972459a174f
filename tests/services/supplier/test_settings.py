"""What an administrator of a supplier sets: brand, texts, window, payee; no other's (issue 5, section 1)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, NotFound, PermissionDenied
from energo_cabinet.models import ServiceRegion, StaffRoleName, Supplier
from energo_cabinet.services.supplier.entry import supplier_logo
from energo_cabinet.services.supplier.settings import (
    open_supplier,
    save_brand,
    save_logo,
    save_payee,
    save_window,
    supplier_choices,
    supplier_settings,
)
from tests import cast as make
from tests.services.supplier.scene import picture

BRAND = {"brand_colour": "#0B5CAD", "welcome_text": "Добро пожаловать", "regions": "Север\n\n Юг \n", "email": "a@e.ru"}
WINDOW = {"reading_first_day": "20", "reading_last_day": "25", "reading_source": "Договор, п. 4"}
PAYEE = {"payee_name": "АО «Э»", "payee_bank": "АО «Банк»", "payee_bic": "044525225", "payee_inn": "7707083893"}
PAYEE |= {"payee_corr_account": "30101810400000000225", "payee_account": "40702810938000012345"}


def test_brand_texts_and_regions_are_kept(session, cast):
    save_brand(session, cast.grigory, BRAND)
    fields = supplier_settings(session, cast.grigory).fields
    assert (fields["brand_colour"], fields["welcome_text"], fields["regions"]) == (
        "#0b5cad",
        "Добро пожаловать",
        "Север\nЮг",
    )
    assert supplier_settings(session, cast.darya).fields["welcome_text"] != "Добро пожаловать"
    assert set(session.exec(select(ServiceRegion.supplier_id))) == {cast.supplier.id}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"brand_colour": "синий"}, "brand_colour"),
        ({"brand_colour": "#ffff00"}, "brand_colour"),
        ({"welcome_text": "я" * 501}, "welcome_text"),
        ({"regions": "я" * 201}, "regions"),
        ({"phone": "1" * 400}, "phone"),
    ],
)
def test_what_cannot_stand_is_told_beside_its_field(session, cast, change, field):
    before = supplier_settings(session, cast.grigory)
    with pytest.raises(CabinetError) as refused:
        save_brand(session, cast.grigory, BRAND | change)
    assert refused.value.field == field
    assert supplier_settings(session, cast.grigory) == before


def test_a_sign_is_redrawn_kept_and_taken_away(session, cast):
    save_logo(session, cast.grigory, picture())
    kept = supplier_settings(session, cast.grigory)
    assert kept.logo and supplier_logo(session, cast.anna, kept.code).startswith(b"\x89PNG")
    assert supplier_settings(session, cast.darya).logo == ""
    save_logo(session, cast.grigory, b"")
    assert supplier_settings(session, cast.grigory).logo == ""


def test_a_sign_of_another_supplier_stays_and_so_does_one_that_is_replaced_by_no_picture(session, cast):
    save_logo(session, cast.grigory, picture())
    before = supplier_settings(session, cast.grigory)
    with pytest.raises(NotFound):
        save_logo(session, cast.darya, picture(), cast.supplier.id)
    with pytest.raises(CabinetError, match="logo_invalid"):
        save_logo(session, cast.grigory, b"<svg/>")
    assert supplier_settings(session, cast.grigory) == before


def test_the_window_for_readings_with_its_source(session, cast):
    save_window(session, cast.grigory, WINDOW)
    assert WINDOW.items() <= supplier_settings(session, cast.grigory).fields.items()
    for change in ({"reading_first_day": "0"}, {"reading_last_day": "32"}, {"reading_source": ""}):
        with pytest.raises(CabinetError):
            save_window(session, cast.grigory, WINDOW | change)
    assert WINDOW.items() <= supplier_settings(session, cast.grigory).fields.items()


def test_where_to_pay(session, cast):
    save_payee(session, cast.grigory, PAYEE)
    assert PAYEE.items() <= supplier_settings(session, cast.grigory).fields.items()
    with pytest.raises(CabinetError) as refused:
        save_payee(session, cast.grigory, PAYEE | {"payee_account": "40702810138000012345"})
    assert "payee_account" in refused.value.fields


def test_nobody_sets_what_is_anothers(session, cast):
    far = session.exec(select(Supplier.id).where(Supplier.code == "FAR")).one()
    for save, fields in ((save_brand, BRAND), (save_window, WINDOW), (save_payee, PAYEE)):
        with pytest.raises(NotFound):
            save(session, cast.grigory, fields, far)
    assert [choice.supplier_id for choice in supplier_choices(session, cast.grigory)] == [cast.supplier.id]
    operator = make.staff(session, "o@example.org", "Орлова", cast.supplier, StaffRoleName.OPERATOR)
    with pytest.raises(PermissionDenied):
        save_brand(session, operator, BRAND)


def test_a_supplier_is_opened_by_the_installation_alone(session, cast):
    root = make.staff(session, "root@example.org", "Корнев Роман", None, StaffRoleName.SYSTEM_ADMIN)
    made = open_supplier(session, root, "NEW", "Новый", "Asia/Omsk")
    assert made.supplier_id in {choice.supplier_id for choice in supplier_choices(session, root)}
    save_window(session, root, WINDOW, made.supplier_id)
    with pytest.raises(PermissionDenied):
        open_supplier(session, cast.grigory, "NEW2", "Новый", "Asia/Omsk")

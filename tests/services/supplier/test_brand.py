"""How a supplier changes its front door: colour, words, regions, sign (Э-1…Э-3, Э-73)."""

import io

import pytest
from PIL import Image

from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.services.supplier.brand import Brand, set_brand
from energo_cabinet.services.supplier.entry import entry_page, supplier_logo
from tests.services.supplier.scene import SYSTEM, VISITOR, picture


def page(session):
    session.flush()
    return entry_page(session, VISITOR, "nekta")


def test_regions_stand_in_the_order_given(session, nekta):
    titles = ["Электроснабжение, г. Радужный", "Личный кабинет, п.г.т. Новоаганск"]
    set_brand(session, SYSTEM, "nekta", Brand(regions=titles))
    assert [r.title for r in page(session).regions] == titles


def test_what_is_not_given_stays_and_an_empty_text_removes(session, nekta):
    set_brand(session, SYSTEM, "nekta", Brand(colour="#1F6F43", welcome_text="Добро пожаловать", phone="8 800"))
    set_brand(session, SYSTEM, "nekta", Brand(phone="", email="help@nekta.example"))
    shown = page(session)
    assert (shown.colour, shown.welcome_text, shown.phone) == ("#1f6f43", "Добро пожаловать", "")
    assert shown.email == "help@nekta.example"


@pytest.mark.parametrize(
    ("brand", "code"),
    [
        (Brand(colour="#ffd400"), "colour_pale"),
        (Brand(colour="red;}body{}"), "colour_invalid"),
        (Brand(welcome_text="я" * 501), "welcome_long"),
        (Brand(regions=["Город", " "]), "region_title"),
        (Brand(regions=[]), "region_title"),
        (Brand(phone="8" * 41), "text_too_long"),
    ],
)
def test_a_refused_brand_changes_nothing(session, nekta, brand, code):
    before = page(session)
    with pytest.raises(CabinetError) as caught:
        set_brand(session, SYSTEM, "nekta", brand)
    assert caught.value.code == code
    assert page(session) == before


def test_the_sign_is_redrawn_small_and_bare(session, nekta):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    set_brand(session, SYSTEM, "nekta", Brand(logo=picture("JPEG", exif=exif)))
    session.flush()
    png = supplier_logo(session, VISITOR, "nekta")
    with Image.open(io.BytesIO(png)) as shown:
        assert (shown.format, shown.size) == ("PNG", (480, 120))
    assert b"secret place" not in png
    assert len(page(session).logo) == 64


@pytest.mark.parametrize(
    "bad", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("GIF", (9, 9)), picture()[:60], b"x" * (2 << 20)]
)
def test_no_picture_no_sign(session, nekta, bad):
    with pytest.raises(CabinetError, match="logo_invalid"):
        set_brand(session, SYSTEM, "nekta", Brand(logo=bad))
    with pytest.raises(NotFound):
        supplier_logo(session, VISITOR, "nekta")

"""Front doors of the demo's suppliers, and requests for contracts in every state."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta

from PIL import Image, ImageDraw
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import LinkRequest, LinkRequestStatus, Supplier, User
from energo_cabinet.services.supplier.brand import Brand, set_brand

BRANDS = {
    "severogorsk": Brand(
        colour="#1f5fa8",
        welcome_text="Северогорск Энергосбыт: электроэнергия для города и района с 1998 года. "
        "Показания, счета и обращения без очередей.",
        website="https://severogorsk.example",
        address="г. Северогорск, ул. Заводская, 1",
        regions=("Электроснабжение, г. Северогорск", "Электроснабжение, п. Озёрный"),
    ),
    "lugovaya": Brand(
        colour="#2f6f3e",
        welcome_text="Луговая энергокомпания снабжает сёла и садовые товарищества Лугового района.",
        website="https://lugovaya.example",
        address="с. Луговое, ул. Школьная, 12",
        regions=("Электроснабжение, Луговой район",),
    ),
}


def load(session: Session, now: datetime, suppliers: dict[str, Supplier], people: dict[str, User]) -> None:
    """Brands with signs, and three requests of the second person."""
    system = Subject("system", now)
    for code, brand in BRANDS.items():
        set_brand(session, system, code, replace(brand, logo=_sign(brand.colour or "")))
    boris = list(people.values())[1]
    keeper = suppliers["lugovaya"]
    refused = _request(boris, keeper, "40-11825", now - timedelta(days=9))
    refused.status, refused.decided_at = LinkRequestStatus.REFUSED, now - timedelta(days=8)
    refused.reason = "Договор 40-11825 оформлен на другого человека. Принесите документы на дом в офис поставщика."
    session.add_all([refused, _request(boris, keeper, "40-11903", now - timedelta(days=1))])


def _request(user: User, supplier: Supplier, number: str, at: datetime) -> LinkRequest:
    return LinkRequest(
        user_id=user.id,
        supplier_id=supplier.id,
        contract_number=number,
        customer_name=user.full_name,
        status=LinkRequestStatus.WAITING,
        created_at=at,
    )


def _sign(colour: str) -> bytes:
    """A drawn sign: a disc of the brand's colour with a spark."""
    picture = Image.new("RGBA", (432, 432))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, 431, 431), fill=colour)
    draw.polygon([(238, 66), (120, 244), (206, 244), (180, 366), (312, 176), (222, 176)], fill="#ffffff")
    target = io.BytesIO()
    picture.resize((144, 144)).save(target, "PNG")
    return target.getvalue()

"""Customers of the first demo supplier beside those with meters: found by staff, and asking for their contracts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from energo_cabinet.models import (
    ConsumerClass,
    Contract,
    CustomerBlock,
    LinkRequest,
    LinkRequestStatus,
    Supplier,
    User,
    UserStatus,
)

CONTRACTS = (
    ("7638-301-207", "Орлов Пётр Ильич", "г. Северогорск, ул. Лесная, д. 20, кв. 7", ConsumerClass.FLAT),
    ("7638-301-415", "Семёнова Раиса Марковна", "г. Северогорск, ул. Речная, д. 3, кв. 15", ConsumerClass.FLAT),
    ("7638-301-416", "Соколов Артём Денисович", "г. Северогорск, ул. Речная, д. 3, кв. 16", ConsumerClass.FLAT),
    ("7638-440-002", "ООО «Кафе Ветер»", "г. Северогорск, пр. Мира, д. 11", ConsumerClass.COMPANY),
    ("7638-440-019", "ТСЖ «Лесная, 22»", "г. Северогорск, ул. Лесная, д. 22", ConsumerClass.HOUSE),
)
ASKING = (
    ("orlov@example.ru", "Орлов Пётр Ильич", "+79005550107", "7638301207", "Лесная, 20, кв. 7"),
    ("semenova@example.ru", "Семёнова Раиса", "+79005550115", "7638-301-451", "Речная, 3, кв. 15"),
)
DISPUTE = "Договор в споре между совладельцами, дело № 2-418/2026"


def load(session: Session, now: datetime, supplier: Supplier) -> None:
    """Contracts in nobody's cabinet, one of them closed, and two requests that wait."""
    made = [
        Contract(
            supplier_id=supplier.id,
            number=number,
            customer_name=name,
            address=address,
            consumer_class=consumer_class,
            login=f"sheet-{number}",
            password_hash="",
        )
        for number, name, address, consumer_class in CONTRACTS
    ]
    session.add_all(made)
    session.flush()
    closed = {"contract_id": made[2].id, "reason": DISPUTE, "by": "Громова Галина Олеговна", "blocked_at": now}
    session.add(CustomerBlock(supplier_id=supplier.id, **closed))  # type: ignore[arg-type]
    for days, (email, name, phone, number, address) in enumerate(ASKING, 1):
        person = _person(email, name, phone, now)
        session.add(person)
        session.flush()
        request = LinkRequest(
            user_id=person.id,
            supplier_id=supplier.id,
            contract_number=number,
            customer_name=name,
            address=address,
            status=LinkRequestStatus.WAITING,
            created_at=now - timedelta(days=days),
        )
        session.add(request)


def _person(email: str, name: str, phone: str, now: datetime) -> User:
    known = {"email": email, "full_name": name, "phone": phone, "status": UserStatus.ACTIVE}
    return User(**known, password_hash="", password_changed_at=now, created_at=now)  # type: ignore[arg-type]

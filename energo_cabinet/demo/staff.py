"""People who work at the first demo supplier, one at the second, and the administrator of the installation."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.demo.places import PASSWORD, SUPPLIERS
from energo_cabinet.models import StaffMember, StaffRoleName, Supplier, User, UserStatus

OPERATOR, ENGINEER = "operator@example.ru", "engineer@example.ru"
ADMIN, ROOT = "admin@example.ru", "root@example.ru"
FIRST, SECOND = SUPPLIERS[0][0], SUPPLIERS[1][0]
MEMBERS = (
    (OPERATOR, "Громова Галина Олеговна", FIRST, StaffRoleName.OPERATOR),
    ("operator2@example.ru", "Тимофеев Тимур Ильич", FIRST, StaffRoleName.OPERATOR),
    (ENGINEER, "Журавлёв Глеб Андреевич", FIRST, StaffRoleName.ENGINEER),
    (ADMIN, "Ярцева Инна Павловна", FIRST, StaffRoleName.SUPPLIER_ADMIN),
    ("lugovaya@example.ru", "Дальняя Дарья Сергеевна", SECOND, StaffRoleName.SUPPLIER_ADMIN),
    (ROOT, "Корнев Роман Юрьевич", "", StaffRoleName.SYSTEM_ADMIN),
)


def load(session: Session, now: datetime, suppliers: dict[str, Supplier]) -> None:
    """Add them, with the demo's password."""
    password = hash_password(PASSWORD)
    for email, name, code, role in MEMBERS:
        user = User(email=email, full_name=name, password_hash=password, password_changed_at=now, created_at=now)
        user.status = UserStatus.ACTIVE
        session.add(user)
        session.flush()
        works_for = suppliers[code].id if code else None
        made = StaffMember(user_id=user.id, supplier_id=works_for, role=role, name=name, added_at=now)
        made.accepted_at = now
        session.add(made)

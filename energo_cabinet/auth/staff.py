"""Roles of the staff and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from energo_cabinet.models import StaffRoleName

Permission = Literal[
    "member",
    "desk",
    "customers",
    "notices",
    "registry",
    "imports",
    "quality",
    "dashboard",
    "admin",
    "system",
    "audit",
]
"""What a `staff:…` rule may ask for; "member" is to be staff at all."""

_OPERATOR = frozenset[Permission]({"member", "desk", "customers", "notices", "dashboard"})
_ENGINEER = frozenset[Permission]({"member", "registry", "imports", "quality", "dashboard"})
PERMISSIONS: dict[StaffRoleName, frozenset[Permission]] = {
    StaffRoleName.OPERATOR: _OPERATOR,
    StaffRoleName.ENGINEER: _ENGINEER,
    StaffRoleName.SUPPLIER_ADMIN: _OPERATOR | _ENGINEER | {"admin", "audit"},
    StaffRoleName.SYSTEM_ADMIN: frozenset({"member", "system", "audit", "admin", "dashboard"}),
}
WITHOUT_SECOND_FACTOR = frozenset[Permission]({"member"})
"""What is left until the second factor is on: the frame that says so."""

STAFF_RULES = frozenset(f"staff:{name}" for name in get_args(Permission))


@dataclass(frozen=True, slots=True)
class StaffRole:
    """A member of the staff for one call; `supplier_id` is None for administrators of the installation."""

    member_id: int
    user_id: int
    name: str
    supplier_id: int | None
    role: StaffRoleName
    permissions: frozenset[Permission]
    needs_second_factor: bool = False

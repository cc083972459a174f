"""People of a supplier who work in `/staff`, and of the installation itself."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class StaffRoleName(StrEnum):
    """What a member of the staff is; what each may do is `auth.staff.PERMISSIONS`."""

    OPERATOR = "operator"
    ENGINEER = "engineer"
    SUPPLIER_ADMIN = "supplier_admin"
    SYSTEM_ADMIN = "system_admin"


class StaffMember(Row, table=True):
    """A user who works for a supplier; `supplier_id` is None for administrators of the installation.

    One row a user: whoever comes back gets the row again. `name` is the name at work: what somebody is called as a
    customer is not their employer's to read. `accepted_at`: since when
    they are, by their own word; None for an invitation that waits. `removed_at`: no longer staff.
    """

    __tablename__ = "staff_member"

    user_id: int = Field(foreign_key="user_account.id", unique=True)
    supplier_id: int | None = Field(default=None, foreign_key="supplier.id", index=True)
    name: str = Field(default="", max_length=200)
    role: StaffRoleName = Field(sa_type=enum_type(StaffRoleName))
    added_at: datetime
    accepted_at: datetime | None = None
    removed_at: datetime | None = None

"""What administrators do about an account on a bad day: hold it, reset a lost second factor."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.sign_in.user import UserStatus
from energo_cabinet.models.types import enum_type


class AccountHold(Row, table=True):
    """An account that is disabled until `lifted_at`, by whom and why; `was`: its status before.

    `supplier_id`: whose administrator disabled it, None for the installation's; they enable it, and whom to write to
    is theirs. An account that is disabled without such a row has been erased.
    """

    __tablename__ = "account_hold"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    supplier_id: int | None = Field(default=None, foreign_key="supplier.id")
    reason: str = Field(max_length=300)
    was: UserStatus = Field(sa_type=enum_type(UserStatus))
    by: str = Field(default="", max_length=200)
    held_at: datetime
    lifted_by: str = Field(default="", max_length=200)
    lifted_at: datetime | None = None


class FactorReset(Row, table=True):
    """A second factor that is lost: it goes at `due_at` unless somebody stops that before.

    `asked_by` is None for the command line; `stopped_by` names who stopped it, "" for the person's own letter.
    """

    __tablename__ = "factor_reset"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    asked_by: int | None = Field(default=None, foreign_key="user_account.id")
    asked_name: str = Field(default="", max_length=200)
    asked_at: datetime
    due_at: datetime = Field(index=True)
    stop_sha256: str = Field(max_length=64, unique=True)
    stopped_by: str = Field(default="", max_length=200)
    stopped_at: datetime | None = None
    done_at: datetime | None = None

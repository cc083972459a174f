"""Who looked at whose data, from where: to be told within 24 and 72 hours (152-ФЗ, ст. 21, ч. 3.1)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from energo_cabinet.models.row import Row


class DataLook(Row, table=True):
    """One or many looks of a minute by one account at one contract (or one person) from one device and address.

    `session_id`: the login session, `device_id`: the paired phone with a token, 0 for the other of both; `device`: what
    it calls itself. `contract_id` or `whose_id` say whose data, both 0 for lists of a supplier's customers. No foreign
    keys to what was looked at: the row outlives it.
    """

    __tablename__ = "data_look"
    __table_args__ = (
        UniqueConstraint(
            "minute", "user_id", "session_id", "device_id", "ip", "contract_id", "whose_id", "supplier_id"
        ),
        Index("ix_data_look_account", "user_id", "minute"),
        Index("ix_data_look_ip", "ip", "minute"),
    )

    minute: datetime
    user_id: int = Field(foreign_key="user_account.id")
    session_id: int = 0
    device_id: int = 0
    ip: str = Field(default="", max_length=45)
    device: str = Field(default="", max_length=200)
    contract_id: int = 0
    whose_id: int = 0
    supplier_id: int = 0

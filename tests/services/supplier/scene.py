"""A supplier's sign, refusals, and how what leaves for a supplier is shown."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import SupplierDelivery
from energo_cabinet.services.ticket.ticket import list_tickets, ticket_thread
from tests.cast import NOW

SYSTEM, VISITOR = Subject("system", NOW), Subject("anonymous", NOW)


def picture(kind="PNG", size=(1200, 300), **more):
    target = io.BytesIO()
    Image.new("RGB", size, "#3e63dd").save(target, kind, **more)
    return target.getvalue()


def refused(call, *args, **kwargs) -> tuple[str, str]:
    with pytest.raises(CabinetError) as caught:
        call(*args, **kwargs)
    return caught.value.code, caught.value.field


def newest(session):
    return session.exec(select(SupplierDelivery.id).order_by(SupplierDelivery.id.desc())).first()


def ways(session, cast, ticket):
    lines = ticket_thread(session, cast.anna, ticket.card.id).lines
    return [line.delivery for line in lines], list_tickets(session, cast.anna, cast.contract.id).items[0].is_waiting

"""The demo's supplier behind the protocol: its row, a contract in a cabinet, and the server beside the demo."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.demo.places import BORIS
from energo_cabinet.demo.supplier_server import invented
from energo_cabinet.demo.supplier_server.book import Book
from energo_cabinet.models import ConsumerClass, Contract, ContractLink, GatewayKind, ServiceRegion, Supplier, User
from energo_cabinet.services.supplier.adoption import follow_contract
from energo_cabinet.services.supplier.connection import connect_supplier

CODE = "priozerye"
LINKED = next(customer for customer in invented.CUSTOMERS if customer.consumer_class == "house")
FREE = invented.CUSTOMERS[-1]
"""Whose login the demo prints."""


def load(session: Session, now: datetime, people: dict[str, User]) -> None:
    """The supplier and the house of the second person; its data come when the supplier's server answers."""
    supplier = Supplier(
        code=CODE,
        name=invented.NAME,
        gateway=GatewayKind.HTTP,
        zone_name=invented.ZONE.key,
        email="spravka@priozerye.example",
        phone="8 800 000-00-03",
        reading_first_day=1,
        reading_last_day=31,
    )
    session.add(supplier)
    session.flush()
    contract = Contract(
        supplier_id=supplier.id,
        number=LINKED.number,
        login=LINKED.login,
        password_hash="",
        customer_name=LINKED.name,
        address=LINKED.address,
        consumer_class=ConsumerClass(LINKED.consumer_class),
        supplier_ref=LINKED.contract,
    )
    session.add(contract)
    session.add(ServiceRegion(supplier_id=supplier.id, title="Электроснабжение, посёлок Приозёрный"))
    session.flush()
    user = people[BORIS]
    link = ContractLink(user_id=user.id, contract_id=contract.id, title="Дом у озера", linked_at=now)
    session.add(link)
    follow_contract(session, Subject("system", now), contract.id)


def connect(session: Session, now: datetime, folder: Path, port: int, token: str) -> bool:
    """Where the supplier is reached from this start on; False in an installation without it."""
    if session.exec(select(Supplier).where(Supplier.code == CODE)).first() is None:
        return False
    Book(folder / "supplier.db").open(LINKED.contract)
    connect_supplier(session, Subject("system", now), CODE, f"http://127.0.0.1:{port}/v1", token)
    return True


def server(folder: Path, port: int) -> list[str]:
    """The command that runs the supplier's server."""
    here = [sys.executable, "-m", "energo_cabinet", "demo-supplier"]
    return [*here, "--port", str(port), "--data-dir", str(folder)]

"""What a customer sees of the way to a supplier over the protocol: «будет отправлено» until it has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from energo_cabinet.models import Contract, GatewayKind, Supplier, SupplierDelivery, TicketMessage

WAITING, REFUSED = "waiting", "refused"
TICKET_KEY, READING_KEY = "ticket-line-{}", "reading {}"


def delivery_states(session: Session, contract_id: int, keys: Collection[str]) -> dict[str, str]:
    """Key → "waiting" or "refused" of a contract's deliveries; nothing for what has arrived or is kept here."""
    if not keys or not is_remote(session, contract_id):
        return {}
    row = SupplierDelivery
    query = select(row.key, row.failed_at).where(col(row.key).in_(keys), col(row.delivered_at).is_(None))
    return {key: WAITING if failed_at is None else REFUSED for key, failed_at in session.exec(query)}


def waiting_tickets(session: Session, contract_id: int, ticket_ids: Iterable[int]) -> set[int]:
    """Of a contract's tickets those with a line that has not left yet."""
    if not is_remote(session, contract_id):
        return set()
    query = select(TicketMessage.id, TicketMessage.ticket_id).where(col(TicketMessage.ticket_id).in_(list(ticket_ids)))
    lines = {TICKET_KEY.format(line): ticket for line, ticket in session.exec(query)}
    states = delivery_states(session, contract_id, lines)
    return {lines[key] for key, state in states.items() if state == WAITING}


def is_remote(session: Session, contract_id: int) -> bool:
    """Whether the contract's supplier is reached over the protocol."""
    query = select(Supplier.gateway).join(Contract, col(Contract.supplier_id) == Supplier.id)
    return session.exec(query.where(Contract.id == contract_id)).first() == GatewayKind.HTTP

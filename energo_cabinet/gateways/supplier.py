"""How the cabinet reaches a supplier (DESIGN 1.8): `local` keeps its contracts here, `http` speaks the protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from energo_cabinet.models import ConsumerClass, Contract


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What a supplier tells about the contract a login belongs to; `ref` names it in the supplier protocol."""

    number: str
    login: str
    customer_name: str
    address: str
    consumer_class: ConsumerClass
    ref: str = ""


class Refused(Exception):
    """The supplier does not open the contract."""


class UnknownLogin(Refused):
    """No contract has this login."""


class WrongPassword(Refused):
    """The login exists, the password is another. The try has been counted."""


class LoginLocked(Refused):
    """Too many wrong passwords; `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class SupplierUnavailable(Refused):
    """No answer, or one that cannot be understood: try later; `retry_after_s` when the supplier has said so."""

    def __init__(self, reason: str = "", retry_after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class ParcelRefused(Refused):
    """The supplier will never take this parcel; `args[0]` says why."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to a supplier. `key` is the same however often it is tried: taken once, answered alike.

    `contract_ref` names the contract in the supplier protocol; "" at a local supplier.
    """

    key: str
    contract_number: str
    payload: Mapping[str, Any]
    contract_ref: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The supplier's answer. "waiting": it has arrived and somebody will decide; `reason` in the supplier's words."""

    status: Literal["accepted", "waiting", "rejected"] = "accepted"
    reason: str = ""


class SupplierGateway(Protocol):
    """One supplier. Calls may block (a worker thread makes them) and raise `Refused`."""

    def link(self, login: str, password: str) -> ContractFacts:
        """The contract opened by the supplier's own login and password (Н-26, Н-27)."""
        ...

    def submit_reading(self, parcel: Parcel) -> Receipt:
        """Hand over register readings of a customer (F-5); ParcelRefused or SupplierUnavailable."""
        ...

    def submit_ticket(self, parcel: Parcel) -> Receipt:
        """Hand over a customer's ticket or an answer in it (Н-138); ParcelRefused or SupplierUnavailable."""
        ...


class ContractBook(Protocol):
    """The contracts of a local supplier, kept by this installation (services give it a database)."""

    def find(self, login: str) -> Contract | None:
        """The contract with this login."""
        ...

    def count_try(self, contract: Contract) -> int:
        """Count a try before it is checked, atomically; the number of tries since the last success."""
        ...

    def lock(self, contract: Contract, until: datetime) -> None:
        """Refuse the login until then and begin counting anew."""
        ...

    def clear(self, contract: Contract) -> None:
        """Forget the counted tries."""
        ...


class SupplierInbox(Protocol):
    """Where a local supplier's parcels arrive; the same parcel twice leaves the same as once."""

    def take_reading(self, parcel: Parcel) -> Receipt:
        """Store readings, or leave them to a decision."""
        ...

    def take_ticket(self, parcel: Parcel) -> Receipt:
        """Store a ticket."""
        ...


@dataclass(frozen=True, slots=True)
class LocalGateway:
    """A supplier whose contracts this installation keeps; passwords as argon2id hashes.

    The try is counted before the password is looked at, so that parallel guesses cannot outrun the lock.
    """

    book: ContractBook
    verify: Callable[[str, str], bool]
    at: datetime
    tries: int
    lock_minutes: int
    inbox: SupplierInbox

    def submit_reading(self, parcel: Parcel) -> Receipt:
        """See `SupplierGateway.submit_reading`."""
        return self.inbox.take_reading(parcel)

    def submit_ticket(self, parcel: Parcel) -> Receipt:
        """See `SupplierGateway.submit_ticket`."""
        return self.inbox.take_ticket(parcel)

    def link(self, login: str, password: str) -> ContractFacts:
        """See `SupplierGateway.link`."""
        contract = self.book.find(login)
        if contract is None:
            raise UnknownLogin
        self._refuse_locked(contract)
        tried = self.book.count_try(contract)
        if tried <= self.tries and self.verify(password, contract.password_hash):
            self.book.clear(contract)
            return _facts(contract)
        if tried >= self.tries:
            self.book.lock(contract, self.at + timedelta(minutes=self.lock_minutes))
            raise LoginLocked(self.lock_minutes)
        raise WrongPassword

    def _refuse_locked(self, contract: Contract) -> None:
        until = contract.locked_until
        if until is not None and until > self.at:
            raise LoginLocked(-(-int((until - self.at).total_seconds()) // 60))


def _facts(contract: Contract) -> ContractFacts:
    return ContractFacts(
        number=contract.number,
        login=contract.login,
        customer_name=contract.customer_name,
        address=contract.address,
        consumer_class=contract.consumer_class,
    )

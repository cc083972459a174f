"""Who asks, what they may ask, and which rows are theirs. Default deny."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from inspect import Signature, signature
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Integer, Select, bindparam, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.audit import NOTES, Actor, append_entry
from energo_cabinet.auth.looks import count_looks, looked_at
from energo_cabinet.auth.staff import STAFF_RULES, StaffRole
from energo_cabinet.auth.view import run_in_view
from energo_cabinet.domain.typed import is_id
from energo_cabinet.errors import NotFound, NotSignedIn, PermissionDenied, StepUpNeeded
from energo_cabinet.models import Contract, ContractLink, MeteringPoint
from energo_cabinet.settings import get_settings

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C", bound=type)

Kind = Literal["anonymous", "customer", "system"]
Rule = str
"""Who may: "public", "customer" (anybody signed in), "system", or "staff:<permission>" (auth.staff)."""

RULES = frozenset({"public", "customer", "system"}) | STAFF_RULES

STATE_ACCESS: dict[str, str] = {}
"""State class (full Reflex name) → rule; filled by `@access`, read by the gate."""

SERVICES: dict[str, tuple[Callable[..., object], Rule]] = {}
"""Action name → (service, rule); filled by `@service`, walked by the stranger tests."""


AUDITED: set[str] = set()
"""Actions of the services whose calls by staff are written into the audit journal."""


STEPPED_UP: set[str] = set()
"""Actions for which the caller proves anew who they are."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The caller of a use case and the moment of the call (aware UTC).

    A customer comes with a login session (`session_id`) or with the token of a paired device (`device_id`). Whoever is
    staff is a customer too, with `staff` beside it: customer services show them their own contracts and nothing else.
    A member who looks through a customer's eyes (auth.view) has that customer's `user_id`, `viewer_id` the own one, and
    sees contracts of `viewing_supplier_id` alone. `proved_at`: when they last gave their password or a code.
    `browser`: the random value of the browser, as its cookie claims.
    """

    kind: Kind
    at: datetime
    user_id: int | None = None
    session_id: int | None = None
    device_id: int | None = None
    ip: str = ""
    device: str = ""
    language: str = "ru"
    staff: StaffRole | None = None
    viewer_id: int | None = None
    viewing_supplier_id: int | None = None
    proved_at: datetime | None = None
    browser: str = ""

    def require(self, rule: Rule) -> None:
        """Refuse a caller below `rule`; the system may do everything."""
        if self.kind == "system" or rule == "public":
            return
        if rule == "system":
            raise PermissionDenied
        if self.kind == "anonymous" or self.user_id is None:
            raise NotSignedIn
        if rule.startswith("staff:") and rule.partition(":")[2] not in self.member.permissions:
            raise PermissionDenied

    @property
    def member(self) -> StaffRole:
        """The caller as staff; PermissionDenied for everybody else."""
        if self.staff is None:
            raise PermissionDenied
        return self.staff

    def of_rule(self, rule: Rule) -> Subject:
        """Who this is to a service: a member in a view is the member again to what staff may do."""
        if self.viewer_id is None or not rule.startswith("staff:"):
            return self
        return replace(self, user_id=self.viewer_id, viewer_id=None, viewing_supplier_id=None)

    def require_proof(self) -> None:
        """Refuse whoever has not shown lately who they are (StepUpNeeded); the system and the command line are."""
        if self.kind == "system":
            return
        fresh = timedelta(minutes=get_settings().step_up_minutes)
        if self.proved_at is None or self.at - self.proved_at > fresh:
            raise StepUpNeeded

    def as_system(self) -> Subject:
        """The system at the same moment: for what a staff service has others do after its own check."""
        return replace(self, kind="system")

    @property
    def user(self) -> int:
        """The signed-in user's id; NotSignedIn without one."""
        if self.user_id is None:
            raise NotSignedIn
        return self.user_id


def service(
    rule: Rule, action: str, audited: bool = True, step_up: bool = False
) -> Callable[[Callable[Concatenate[Session, Subject, P], T]], Callable[Concatenate[Session, Subject, P], T]]:
    """Register a use case with its rule, checked at every call, under a name of its own that no move of code changes.

    `action` ("ticket.answer") is what the audit journal, i18n and `auth.view` know it by, and is never given to another
    (tests/architecture/action_names.txt). What staff do is audited, but for `audited=False`, which shows no personal
    data and changes nothing. `step_up`: it moves money or power, so the caller proves anew who they are, and the other
    administrators are told. A parameter that ends in `_id` is a row's id: whatever else is given for it is NotFound.
    """
    assert rule in RULES, rule

    def register(
        function: Callable[Concatenate[Session, Subject, P], T],
    ) -> Callable[Concatenate[Session, Subject, P], T]:
        assert action not in SERVICES, f"{action} names two services"
        is_noted = audited and rule.startswith("staff:")
        shape = signature(function)
        ids = _id_parameters(shape)
        AUDITED.update({action} if is_noted else ())
        STEPPED_UP.update({action} if step_up else ())

        @wraps(function)
        def guarded(session: Session, subject: Subject, /, *args: P.args, **kwargs: P.kwargs) -> T:
            subject = subject.of_rule(rule)
            subject.require(rule)
            _check_ids(ids, args, kwargs)
            if step_up and NOTES not in session.info:
                subject.require_proof()
            if subject.viewer_id is not None:
                return run_in_view(session, action, lambda: function(session, subject, *args, **kwargs))
            if not is_noted or subject.staff is None or NOTES in session.info:
                return function(session, subject, *args, **kwargs)
            given = shape.bind(session, subject, *args, **kwargs).arguments
            return _noted(session, subject, action, given, lambda: function(session, subject, *args, **kwargs))

        SERVICES[action] = (guarded, rule)
        return guarded

    return register


def _id_parameters(shape: Signature) -> tuple[tuple[int, str, bool], ...]:
    """Which parameters after session and subject are ids: place, name, whether None will do. Once a service."""
    found = []
    for place, parameter in enumerate(list(shape.parameters.values())[2:]):
        if parameter.name.endswith("_id"):
            assert parameter.annotation in ("int", "int | None"), f"{parameter.name}: an id is an int"
            found.append((place, parameter.name, parameter.annotation == "int | None"))
    return tuple(found)


def _check_ids(ids: tuple[tuple[int, str, bool], ...], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """NotFound for what is no id. By place and not by `bind`, which takes longer than many a query."""
    for place, name, may_be_none in ids:
        if place < len(args):
            value = args[place]
        elif name in kwargs:
            value = kwargs[name]
        else:
            continue
        if not is_id(value) and not (value is None and may_be_none):
            raise NotFound


def _noted(session: Session, subject: Subject, action: str, given: Mapping[str, Any], call: Callable[[], T]) -> T:
    """Run a staff service and write it into the audit journal, in the same transaction. Inner ones are part of it."""
    session.info[NOTES] = {key: value for key, value in given.items() if key.endswith("_id")}
    before = count_looks()
    try:
        result = call()
        looked_at(is_list=count_looks() == before)
        actor = Actor(
            subject.member.name, subject.member.user_id, subject.member.role, subject.member.supplier_id, subject.ip
        )
        append_entry(session, actor, action, subject.at, session.info[NOTES])
        return result
    finally:
        del session.info[NOTES]


def access(rule: str) -> Callable[[C], C]:
    """Set the rule of a state class: `@access("public")`, `@access("customer")` or `@access("staff:…")`."""
    assert rule in RULES, rule

    def register(cls: C) -> C:
        STATE_ACCESS[cls.get_full_name()] = rule  # type: ignore[attr-defined]
        return cls

    return register


def live_links(subject: Subject | None = None) -> tuple[ColumnElement[bool], ...]:
    """Conditions on ContractLink: in the caller's cabinet; in a view, of the member's supplier only.

    Without a subject for a statement built once, whose parameters are `caller`'s.
    """
    user: Any = bindparam("user") if subject is None else subject.user
    viewing: Any = bindparam("viewing", 0, Integer) if subject is None else subject.viewing_supplier_id
    live = (ContractLink.user_id == user, col(ContractLink.unlinked_at).is_(None))
    if viewing is None:
        return live
    theirs = aliased(Contract)
    one = select(theirs.id).where(theirs.id == ContractLink.contract_id, theirs.supplier_id == viewing)
    seen = one.correlate(ContractLink).exists()
    return (*live, or_(viewing == 0, seen) if subject is None else seen)


def visible_contracts(subject: Subject) -> SelectOfScalar[Contract]:
    """The contracts the caller may see."""
    query = select(Contract)
    if subject.kind == "system":
        return query
    looked_at(is_own=True)
    linked = select(ContractLink.contract_id).where(*live_links(subject))
    return query.where(col(Contract.id).in_(linked))


def visible_contract(session: Session, subject: Subject, contract_id: int) -> Contract:
    """One visible contract, or NotFound."""
    params = {"contract": contract_id} | _caller(subject)
    contract: Contract | None = session.scalars(_CONTRACT[subject.kind == "system"], params).first()
    if contract is None:
        raise NotFound
    looked_at(contract=contract.id)
    return contract


def visible_points(subject: Subject) -> SelectOfScalar[MeteringPoint]:
    """The metering points of the contracts the caller may see."""
    query = select(MeteringPoint)
    if subject.kind == "system":
        return query
    looked_at(is_own=True)
    linked = select(ContractLink.contract_id).where(*live_links(subject))
    return query.where(col(MeteringPoint.contract_id).in_(linked))


def prepare_points(*columns: Any) -> dict[bool, Select[Any]]:
    """Statements about visible points, built once (building costs more than running): for customers, the system.

    Run with `caller(subject)` among the parameters; more tables and conditions may be joined to each.
    """
    base = select(*columns).select_from(MeteringPoint)
    linked = select(ContractLink.contract_id).where(*live_links())
    return {True: base, False: base.where(col(MeteringPoint.contract_id).in_(linked))}


def prepare_point(*columns: Any) -> dict[bool, Select[Any]]:
    """`prepare_points` about one of them, run by `visible_point_rows`."""
    only = col(MeteringPoint.id) == bindparam("point")
    return {is_system: query.where(only) for is_system, query in prepare_points(*columns).items()}


def prepare_contract(*columns: Any) -> dict[bool, Select[Any]]:
    """Statements about one visible contract (parameter `contract`), built once; see `prepare_points`."""
    base = select(*columns).select_from(Contract).where(Contract.id == bindparam("contract"))
    linked = select(ContractLink.contract_id).where(*live_links())
    return {True: base, False: base.where(col(Contract.id).in_(linked))}


def caller(subject: Subject) -> dict[str, int]:
    """Parameters of a prepared statement that say whose rows are visible."""
    looked_at(is_own=subject.kind != "system")
    return _caller(subject)


def _caller(subject: Subject) -> dict[str, int]:
    if subject.kind == "system":
        return {}
    return {"user": subject.user, "viewing": subject.viewing_supplier_id or 0}


def visible_point_rows(
    session: Session, subject: Subject, prepared: Mapping[bool, Select[Any]], point_id: int
) -> Sequence[Sequence[Any]]:
    """Rows of a prepared statement about one visible point; NotFound without any."""
    params = {"point": point_id} | _caller(subject)
    rows = session.connection().execute(prepared[subject.kind == "system"], params).all()
    if not rows:
        raise NotFound
    looked_at(point=point_id)
    return rows


def visible_point(session: Session, subject: Subject, point_id: int) -> MeteringPoint:
    """One visible point, or NotFound."""
    params = {"point": point_id} | _caller(subject)
    point: MeteringPoint | None = session.scalars(_POINT[subject.kind == "system"], params).first()
    if point is None:
        raise NotFound
    looked_at(contract=point.contract_id or 0)
    return point


_POINT, _CONTRACT = prepare_point(MeteringPoint), prepare_contract(Contract)

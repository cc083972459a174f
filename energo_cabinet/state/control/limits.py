"""«Уставки»: the limits of a point or a group, and the groups themselves (Н-94…Н-96, F-7)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.control.deviation import LimitKind
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.formatting import number, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.control.limit import LimitField, LimitsOf, limits_of, save_limits
from energo_cabinet.services.control.target import TargetCard, delete_group, list_targets, save_group
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.control.target_address import Chosen, card_of, first_of, options_of
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.period import address

KINDS = tuple(kind.value for kind in LimitKind)
NO_ERRORS = {
    **dict.fromkeys(KINDS, ""),
    **{f"after_{kind}": "" for kind in KINDS},
    "title": "",
    "members": "",
    "form": "",
}


@dataclass(frozen=True)
class LimitRow:
    """What stands in the fields of one limit."""

    kind: str
    value: str
    after: str
    hint: str


@dataclass(frozen=True)
class Member:
    """A point that may belong to a group."""

    key: str
    name: str
    is_in: bool


@access("customer")
class LimitsState(PageState, rx.State):
    """`status`: "loading", "ready", "none", "missing", "failed"; `dialog`: "group", "delete" or ""."""

    name: str = ""
    target: str = ""
    targets: list[dict[str, str]] = []
    rows: list[LimitRow] = []
    members: list[Member] = []
    errors: dict[str, str] = NO_ERRORS
    dialog: str = ""
    notice: str = ""
    is_new: bool = False

    @rx.event
    async def load(self):
        """The target of the address, or the first there is."""
        self.errors, self.dialog = NO_ERRORS, ""
        return await self._load(self._read())

    @rx.event
    async def choose(self, key: str):
        """Another point or group."""
        try:
            return rx.redirect(address(routes.LIMITS, None, **Chosen.from_key(key).query))
        except CabinetError:
            return None

    @rx.event
    async def save(self, form: dict):
        """«Сохранить уставки»."""
        given = texts(form, *KINDS, *(f"after_{kind}" for kind in KINDS))
        after = {kind: given[f"after_{kind}"] for kind in KINDS}
        try:
            chosen = Chosen.from_key(self.target)
            await self._ask(save_limits, {kind: given[kind] for kind in KINDS}, after, chosen.point_id, chosen.group_id)
        except CabinetError as error:
            self.errors = NO_ERRORS | self._field_messages(error)
            return
        self.errors, self.notice = NO_ERRORS, text("limits.saved", self._language)
        await self._read()

    @rx.event
    async def open(self, dialog: str):
        """A dialog ("new", "group", "delete"), or none."""
        self.errors, self.notice = NO_ERRORS, ""
        known = dialog if dialog in ("new", "group", "delete") else ""
        self.is_new = known == "new"
        self.dialog = "group" if known == "new" else known
        if self.dialog == "group":
            await self._list_members()

    @rx.event
    async def save_group(self, form: dict):
        """«Сохранить группу»."""
        names = [member.key for member in self.members]
        given = texts(form, "title", *names)
        chosen = [int(key.partition("-")[2]) for key in names if given[key]]
        session = await self.get_state(SessionState)
        try:
            group_id = None if self.is_new else Chosen.from_key(self.target).group_id
            made = await self._ask(save_group, session._contract_id or 0, given["title"], chosen, group_id)
        except CabinetError as error:
            self.errors = NO_ERRORS | self._field_messages(error)
            return None
        self.dialog, self.notice = "", text("plan.group_made", self._language)
        return rx.redirect(address(routes.LIMITS, None, group=made))

    @rx.event
    async def delete_group(self):
        """«Удалить группу»."""
        try:
            await self._ask(delete_group, Chosen.from_key(self.target).group_id or 0)
        except CabinetError as error:
            self.errors = NO_ERRORS | {"form": self._message(error)}
            return None
        self.dialog, self.notice = "", text("plan.group_gone", self._language)
        return rx.redirect(routes.LIMITS)

    @rx.event
    async def leave(self):
        """Forget everything with the page."""
        self.reset()

    async def _cards(self) -> list[TargetCard]:
        session = await self.get_state(SessionState)
        return await self._ask(list_targets, session._contract_id) if session._contract_id else []

    def _refused(self, error: CabinetError) -> bool:
        self.rows, self.status = [], "missing"
        return True

    def _failed(self) -> None:
        self.rows, self.status = [], "failed"

    async def _read(self) -> None:
        asked, session = Chosen.of(dict(self.router.url.query_parameters)), await self.get_state(SessionState)
        cards, chosen, found = await self._ask_together(partial(_opened, session._contract_id, asked))
        if found is None:
            self.rows, self.status = [], "none"
            return
        if found.contract_id and found.contract_id != session._contract_id:
            await session._show_contract(found.contract_id)
        if card_of(cards, chosen) is None:
            raise NotFound
        self.targets, self.target, self.name = options_of(cards), chosen.key, found.name
        self.rows = [_row(field, found, self._language) for field in found.fields]
        self.status = "ready"

    async def _list_members(self) -> None:
        cards = await self._cards()
        own = set() if self.is_new else set((card_of(cards, Chosen.from_key(self.target)) or TargetCard("")).members)
        points = [card for card in cards if card.point_id is not None and card.newest_on is not None]
        self.members = [Member(f"point-{card.point_id}", card.name, card.point_id in own) for card in points]


def _opened(contract_id: int | None, asked: Chosen, ask: Ask) -> tuple[list[TargetCard], Chosen, LimitsOf | None]:
    """The targets of a contract, which of them is shown, its limits; of its own contract when that is another."""
    cards = ask(list_targets, contract_id) if contract_id else []
    chosen = asked if asked.is_said else first_of(cards)
    if chosen is None:
        return cards, asked, None
    found = ask(limits_of, chosen.point_id, chosen.group_id)
    if found.contract_id and found.contract_id != contract_id:
        cards = ask(list_targets, found.contract_id)
    return cards, chosen, found


def _row(field: LimitField, found: LimitsOf, language: str) -> LimitRow:
    unit = text("unit.kw" if field.kind is LimitKind.POWER else "unit.kwh", language)
    hint = text("limits.passport_none", language)
    if field.kind is LimitKind.PLAN:
        hint = text("limits.plan_hint", language)
    elif found.group_id is not None:
        hint = ""
    elif field.passport:
        hint = text("limits.passport", language, value=quantity(field.passport, unit, language, 1))
    value = "" if field.own is None else number(field.own, language, 3).replace("\u00a0", "")
    if "," in value or "." in value:
        value = value.rstrip("0").rstrip(",.")
    return LimitRow(field.kind.value, value, str(field.after), hint)

"""A point of the registry: its page, and the forms that change it."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.i18n import text
from energo_cabinet.services.point.facts import METER_FIELDS, POINT_FIELDS, TRANSFORMER_FIELDS
from energo_cabinet.services.registry.point import RegistryCard, registry_card, save_meter, save_point
from energo_cabinet.services.registry.transformer import remove_transformer, save_transformer
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.registry.staff_registry_view import PointView, point_view, value_words

FIELDS = tuple(dict.fromkeys((*POINT_FIELDS, *METER_FIELDS, *TRANSFORMER_FIELDS, "phase", "kind")))


@access("staff:registry")
class RegistryPointState(PageState, rx.State):
    """`status`: "loading", "ready", "missing", "failed"."""

    view: PointView = PointView()
    tariffs: list[dict[str, str]] = []
    _card: RegistryCard | None = None

    @rx.event
    async def load(self):
        """Read the point of the address."""
        return await self._load(self._read())

    @rx.event
    async def leave(self):
        """Forget the point with the page."""
        self.reset()

    def _refused(self, error: CabinetError) -> bool:
        self.view, self.status = PointView(), "missing"
        return True

    def _failed(self) -> None:
        self.view, self.status = PointView(), "failed"

    async def _read(self) -> RegistryCard:
        card = await self._ask(registry_card, self._address_id)
        self._card, self.view, self.status = card, point_view(card, self._language), "ready"
        self.tariffs = [{"value": code, "label": name} for code, name in card.tariffs]
        return card


@access("staff:registry")
class RegistryEditState(DialogState, rx.State):
    """Forms "point", "meter", "transformer", "transformer_new", "remove"; `typed`: what they begin with."""

    errors: dict[str, str] = no_errors(*FIELDS)
    typed: dict[str, str] = {}
    place: str = ""
    _seen: str = ""
    _facts: dict[str, str] = {}

    @rx.event
    async def edit(self, what: str):
        """Open the form of "point" or "meter"."""
        card = (await self.get_state(RegistryPointState))._card
        if card is None or what not in ("point", "meter"):
            return
        known, seen = (card.facts, card.seen) if what == "point" else (card.meter, card.meter_seen)
        self._begin(what, known, seen)

    @rx.event
    async def edit_transformer(self, place: str):
        """Open the form of a transformer, "1 current"; "" for a new one."""
        card = (await self.get_state(RegistryPointState))._card
        if card is None:
            return
        known = next((t for t in card.transformers if f"{t.phase} {t.kind.value}" == place), None)
        self.place = place if known else ""
        if known:
            self._begin("transformer", known.facts, known.seen)
        else:
            self._begin("transformer_new", dict.fromkeys(TRANSFORMER_FIELDS, ""), "")

    @rx.event
    async def ask_remove(self):
        """«Убрать трансформатор с точки?»"""
        if self.place:
            self._open("remove")

    @rx.event
    async def save(self, form: dict):
        """Save the open form; what was changed meanwhile is told beside its field."""
        service = {"point": save_point, "meter": save_meter}.get(self.dialog)
        page = await self.get_state(RegistryPointState)
        if service is None or page._card is None:
            return
        self.is_busy = True
        yield
        names = POINT_FIELDS if self.dialog == "point" else METER_FIELDS
        await self._save(page, service, page._card.id, texts(form, *names), self._seen)

    @rx.event
    async def save_transformer(self, form: dict):
        """Save the transformer's form."""
        page = await self.get_state(RegistryPointState)
        if self.dialog not in ("transformer", "transformer_new") or page._card is None:
            return
        self.is_busy = True
        yield
        given = texts(form, *TRANSFORMER_FIELDS, "phase", "kind")
        phase, _, kind = self.place.partition(" ") if self.place else (given["phase"], "", given["kind"])
        number = int(phase) if phase in ("1", "2", "3") else 0
        fields = {name: given[name] for name in TRANSFORMER_FIELDS}
        await self._save(page, save_transformer, page._card.id, number, kind, fields, self._seen)

    @rx.event
    async def remove(self):
        """Take the transformer out."""
        page = await self.get_state(RegistryPointState)
        place, _, kind = self.place.partition(" ")
        phase = whole_number(place, 9)
        if self.dialog != "remove" or page._card is None or phase is None:
            return
        if await self._do("registry.removed", remove_transformer, page._card.id, phase, kind):
            await page._read()

    def _begin(self, dialog: str, facts: dict[str, str], seen: str) -> None:
        self.typed, self._facts, self._seen = {**dict.fromkeys(FIELDS, ""), **facts}, dict(facts), seen
        self._open(dialog)

    async def _save(self, page: RegistryPointState, service: Callable[..., None], *args: object) -> None:
        """Save; after a conflict the form keeps what was typed and shows what is there now."""
        try:
            await self._ask(service, *args)
        except Conflict as error:
            self._refuse(error)
            await self._show_conflict(await page._read())
        except CabinetError as error:
            self._refuse(error)
        else:
            self._open("")
            self.notice = text("registry.saved", self._language)
            await page._read()
        self.is_busy = False

    async def _show_conflict(self, card: RegistryCard) -> None:
        known = {"point": (card.facts, card.seen), "meter": (card.meter, card.meter_seen)}
        for one in card.transformers:
            if f"{one.phase} {one.kind.value}" == self.place:
                known["transformer"] = (one.facts, one.seen)
        facts, seen = known.get(self.dialog, ({}, ""))
        none = text("registry.empty_value", self._language)
        other = {name: facts.get(name, "") for name, old in self._facts.items() if facts.get(name, "") != old}
        told = {
            name: text("registry.today_in_registry", self._language, value=value_words(name, value) or none)
            for name, value in other.items()
        }
        self.errors = {**self.errors, **told}
        self._facts, self._seen = dict(facts), seen

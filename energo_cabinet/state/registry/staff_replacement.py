"""The dialog «Заменить прибор»: typed, looked at, recorded (Н-149)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.formatting import moment, month_words, number, percent, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.registry.replacement import ReplacementPreview, preview_replacement, replace_meter
from energo_cabinet.services.registry.replacement_form import NEW_METER, ReplacementForm, replacement_form
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.registry.staff_point import RegistryPointState
from energo_cabinet.state.registry.staff_registry_view import Fact, zone_words

ZONES = ("T0", "T1", "T2", "T3", "T4")
SIDES = tuple(f"{side}_{zone}" for side in ("final", "initial") for zone in ZONES)
FIELDS = ("day", "time", *NEW_METER, *SIDES)
APART = Decimal("0.05")


@dataclass(frozen=True)
class RegisterField:
    """A field for a register of one zone; `hint`: what it showed last."""

    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class ReplacementView:
    """What the dialog shows; `old` "" where no meter stands."""

    old: str = ""
    today: str = ""
    final: tuple[RegisterField, ...] = ()
    initial: tuple[RegisterField, ...] = ()
    free: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreviewView:
    """What the month comes to; `title` "" until looked at."""

    title: str = ""
    facts: tuple[Fact, ...] = ()
    warning: str = ""


@access("staff:registry")
class ReplacementState(DialogState, rx.State):
    """`dialog` "replace" while open; a preview is about the typed fields and forgotten when they change."""

    errors: dict[str, str] = no_errors(*FIELDS)
    view: ReplacementView = ReplacementView()
    preview: PreviewView = PreviewView()
    _seen: str = ""
    _typed: dict[str, str] = {}

    @rx.event
    async def open(self):
        """Open the dialog with what is known of the point."""
        page = await self.get_state(RegistryPointState)
        found = await self._try(replacement_form, page.view.id)
        if found is not None:
            self._seen, self.preview, self._typed = found.old_serial, PreviewView(), {}
            self.view = _view(found, self._language)
            self._open("replace")

    @rx.event
    async def look(self, form: dict):
        """Preview what was typed; the same again, unchanged, records it."""
        page = await self.get_state(RegistryPointState)
        if self.dialog != "replace":
            return
        given = texts(form, *FIELDS)
        self.is_busy = True
        yield
        if self.preview.title and given == self._typed:
            if await self._do("registry.replaced", replace_meter, page.view.id, given, self._seen):
                self.preview = PreviewView()
                await page._read()
            return
        self._typed, self.preview = given, PreviewView()
        found = await self._try(preview_replacement, page.view.id, given)
        if found is not None:
            self.errors = dict.fromkeys(self.errors, "")
            self.preview = _preview(found, bool(self._seen), self._language)


def _view(form: ReplacementForm, language: str) -> ReplacementView:
    fields: dict[str, list[RegisterField]] = {"final": [], "initial": []}
    for side, made in fields.items():
        for zone in form.zones:
            label = text(f"registry.{side}", language, zone=zone_words(zone, language))
            last = form.last.get(zone) if side == "final" else None
            made.append(RegisterField(f"{side}_{zone}", label, _last(last, form, language)))
    return ReplacementView(
        old=f"{form.old_serial} {form.old_model}".strip(),
        today=form.today.isoformat(),
        final=tuple(fields["final"]) if form.old_serial else (),
        initial=tuple(fields["initial"]),
        free=tuple(serial for serial, _ in form.free),
    )


def _last(last: Decimal | None, form: ReplacementForm, language: str) -> str:
    if last is None:
        return ""
    return text("registry.last_known", language, value=number(last, language, 2), at=moment(form.read_at))


def _preview(found: ReplacementPreview, has_old: bool, language: str) -> PreviewView:
    unit, unknown = text("registry.kwh", language), text("registry.preview_unknown", language)
    parts = {"old": found.old_kwh} if has_old else {}
    parts |= {"new": found.new_kwh, "registers": found.registers_kwh, "intervals": found.intervals_kwh}
    facts = tuple(
        Fact(
            text(f"registry.preview_{name}", language),
            quantity(kwh, unit, language) if kwh is not None else "—" if name == "intervals" else unknown,
        )
        for name, kwh in parts.items()
    )
    title = text("registry.preview_title", language, month=month_words(found.first, language))
    return PreviewView(title, facts, _warning(found, language))


def _warning(found: ReplacementPreview, language: str) -> str:
    if not found.registers_kwh or found.intervals_kwh is None:
        return ""
    apart = abs(found.intervals_kwh - found.registers_kwh) / found.registers_kwh
    if apart <= APART:
        return ""
    return text("registry.preview_apart", language, percent=percent(float(apart), language))

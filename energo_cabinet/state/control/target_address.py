"""Which point or group an address names: `?point=3` or `?group=2`; nothing in it is trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import NotFound
from energo_cabinet.services.control.target import TargetCard


@dataclass(frozen=True, slots=True)
class Chosen:
    """A target; both None: not said."""

    point_id: int | None = None
    group_id: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Chosen:
        """NotFound for what cannot be an id, or for both at once."""
        point, group = query.get("point", ""), query.get("group", "")
        if not point and not group:
            return cls()
        if point and group:
            raise NotFound
        return cls(_id(point) if point else None, _id(group) if group else None)

    @classmethod
    def from_key(cls, key: object) -> Chosen:
        """From the value of a selection: "point-3" or "group-2"."""
        name, _, number = key.partition("-") if isinstance(key, str) else ("", "", "")
        if name not in ("point", "group"):
            raise NotFound
        return cls(**{f"{name}_id": _id(number)})

    @property
    def is_said(self) -> bool:
        """Whether an address names one."""
        return self.point_id is not None or self.group_id is not None

    @property
    def key(self) -> str:
        """Value in a selection."""
        return f"point-{self.point_id}" if self.point_id is not None else f"group-{self.group_id}"

    @property
    def query(self) -> dict[str, int]:
        """For an address."""
        return {"point": self.point_id} if self.point_id is not None else {"group": self.group_id or 0}

    @property
    def ids(self) -> dict[str, int | None]:
        """For a service."""
        return {"point_id": self.point_id, "group_id": self.group_id}


def first_of(cards: Sequence[TargetCard]) -> Chosen | None:
    """What a page opens with: something with a plan, else something measured; None for neither."""
    found = next((c for c in cards if c.has_plan), None) or next((c for c in cards if c.newest_on), None)
    return Chosen(found.point_id, found.group_id) if found else None


def options_of(cards: Sequence[TargetCard]) -> list[dict[str, str]]:
    """The selection: value and label."""
    return [{"value": Chosen(c.point_id, c.group_id).key, "label": c.name} for c in cards]


def card_of(cards: Sequence[TargetCard], chosen: Chosen) -> TargetCard | None:
    """The card of a target."""
    return next((c for c in cards if (c.point_id, c.group_id) == (chosen.point_id, chosen.group_id)), None)


def _id(text: str) -> int:
    if (found := id_of(text)) is None:
        raise NotFound
    return found

"""What is chosen on «Данные учета энергоресурсов», in the page's address: it reproduces the view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from energo_cabinet import routes
from energo_cabinet.domain.energy.data import DATA_BYS
from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.energy.data import SPLITS, DataQuestion
from energo_cabinet.state.period import address, choice_of

BYS = ("days", *(by for by in DATA_BYS if by != "days"))
_POINTS = re.compile(r"(?:[1-9][0-9]{0,8}(?:,[1-9][0-9]{0,8}){0,199})?", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9+-]{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DataChoices:
    """`points` "": all; `unit`, `channel` "": the usual one."""

    by: str = "days"
    points: str = ""
    split: str = "points"
    unit: str = ""
    channel: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> DataChoices:
        """InvalidInput for what cannot be; what there is is the service's to know."""
        given = {name: query.get(name, "") for name in ("points", "unit", "channel")}
        if not _POINTS.fullmatch(given["points"]):
            raise InvalidInput({"points": "invalid"})
        if not (_WORD.fullmatch(given["unit"]) and _WORD.fullmatch(given["channel"])):
            raise InvalidInput({"channel": "channel_invalid"})
        by, split = choice_of(query, "by", BYS, "by_invalid"), choice_of(query, "split", SPLITS, "invalid")
        return cls(by, given["points"], split, given["unit"], given["channel"])

    @property
    def ids(self) -> tuple[int, ...]:
        """The points chosen."""
        return tuple(int(part) for part in self.points.split(",") if part)

    def question(self, period: Period) -> DataQuestion:
        """For the service."""
        return DataQuestion(
            self.by,  # type: ignore[arg-type]
            period,
            self.ids,
            self.split,  # type: ignore[arg-type]
            self.unit,
            self.channel,
        )

    def address(self, period: Period | None, path: str = routes.DATA, **other: str) -> str:
        """The address of these choices, some of them chosen otherwise; usual ones stay out."""
        chosen = asdict(replace(self, **{k: v for k, v in other.items() if k != "page"}))
        unusual = {name: value for name, value in chosen.items() if value != getattr(DataChoices(), name)}
        return address(path, period, **unusual, page=other.get("page", ""))

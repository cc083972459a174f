"""Collects what is wrong with a file, without growing with the file."""

from __future__ import annotations

from energo_cabinet.formats.files.content import FormatError, Notice

MOST_ERRORS = 20
MOST_WARNINGS = 50


class Notices:
    """Errors (the file is refused) and warnings (it is accepted), each told once with a count."""

    def __init__(self) -> None:
        self._errors: list[Notice] = []
        self._warnings: dict[tuple[object, ...], tuple[Notice, int]] = {}

    def error(self, code: str, line: int = 0, **params: str | int) -> None:
        """Note a reason for refusal; raises FormatError when there are many."""
        self._errors.append(Notice(code, line, {name: short(value) for name, value in params.items()}))
        if len(self._errors) >= MOST_ERRORS:
            raise FormatError(*self._errors)

    def warn(self, code: str, line: int = 0, **params: str | int) -> None:
        """Note something to look at; the same again only raises its count."""
        params = {name: short(value) for name, value in params.items()}
        key = (code, *params.items())
        known = self._warnings.get(key)
        if known:
            self._warnings[key] = (known[0], known[1] + 1)
        elif len(self._warnings) < MOST_WARNINGS:
            self._warnings[key] = (Notice(code, line, params), 1)

    @property
    def warnings(self) -> list[Notice]:
        """The warnings, with `count` among their params."""
        return [Notice(n.code, n.line, {**n.params, "count": count}) for n, count in self._warnings.values()]

    def refuse_if_any(self) -> None:
        """Raise FormatError when an error was noted."""
        if self._errors:
            raise FormatError(*self._errors)


def short(value: str | int) -> str | int:
    """Text of a stranger's file: printable and at most 60 characters."""
    if isinstance(value, int):
        return value
    clean = "".join(c if c.isprintable() else "�" for c in value[:61])
    return clean if len(clean) <= 60 else clean[:59] + "…"

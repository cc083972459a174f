"""Logs without secrets: every record of every logger is redacted, shortened and kept on its own lines at its birth."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any

from reflex_base.utils.log import JsonHandler

from energo_cabinet.settings import Settings

LONGEST_MESSAGE = 2_000
LONGEST_TRACE = 6_000
HIDDEN = "***"

_NAMES = r"cookie|authorization|proxy-authorization|x-api-key|password\w*|passwd|secret\w*|token|key|sid|aid|email"
_PAIR = re.compile(rf"""(?i)(['"]?\b(?:__Host-)?(?:{_NAMES})['"]?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&}}\]]+)""")
_URL_PASSWORD = re.compile(r"(://[^\s:/@]+:)[^\s@]+(@)")
_WHOLE_MESSAGE = re.compile(  # Reflex prints what the client sent after these words
    r"(Event data:|with value |Failed to deserialize event data:|must be a dictionary, but received|"
    r"Frontend state schema |\[SQL: |\[parameters: ).*",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
"""What moves a terminal's cursor; taken away first, because what follows it is a word of its own."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_make_record = logging.getLogRecordFactory()


def configure(settings: Settings) -> None:
    """Redact every record from now on, and give the loggers outside Reflex's own hierarchy a handler."""
    logging.setLogRecordFactory(_redacted_record)
    root = logging.getLogger()
    if not any(getattr(handler, "is_cabinets", False) for handler in root.handlers):
        root.addHandler(_handler(settings.log_json))
    logging.getLogger("energo_cabinet").setLevel(logging.INFO)
    _plain(logging.getLogger("reflex"))


def _plain(logger: logging.Logger) -> None:
    """Reflex's own handler wraps at words, and what a visitor sent would begin a line; ours writes a record on one."""
    logger.handlers = [handler for handler in logger.handlers if isinstance(handler, JsonHandler)]
    logger.propagate = not logger.handlers


def redact(message: str, longest: int = LONGEST_MESSAGE) -> str:
    """`message` without values that follow the name of a secret, and without what a client sent."""
    message = _ESCAPE.sub(" ", message[: longest * 4])
    message = _WHOLE_MESSAGE.sub(lambda found: found[1] + HIDDEN, message)
    message = _URL_PASSWORD.sub(rf"\1{HIDDEN}\2", _PAIR.sub(rf"\1{HIDDEN}", message))
    return message if len(message) <= longest else f"{message[:longest]}… ({len(message)} characters)"


def _redacted_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A record whose text is final: no arguments left to fill in, the traceback inside it, one event in one piece."""
    record = _make_record(*args, **kwargs)
    try:
        message = record.getMessage()
    except (TypeError, ValueError):
        message = str(record.msg)
    lines = redact(message).splitlines() or [""]
    if record.exc_info and record.exc_info[0] is not None:
        trace = "".join(traceback.format_exception(*record.exc_info))  # type: ignore[arg-type]
        lines += redact(trace[-LONGEST_TRACE:], LONGEST_TRACE).splitlines()
    record.msg, record.args, record.exc_info = "\n    ".join(_CONTROL.sub(" ", line) for line in lines), (), None
    return record


class Bounded(logging.Filter):
    """At most MOST records a minute of one logger and level: what an attacker makes is bounded, and said once."""

    MOST = 300

    def __init__(self) -> None:
        super().__init__()
        self._minutes: dict[tuple[str, int], tuple[int, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        key, minute = (record.name, record.levelno), int(record.created // 60)
        begun, count = self._minutes.get(key, (minute, 0))
        count = count + 1 if begun == minute else 1
        self._minutes[key] = (minute, count)
        if count == self.MOST:
            record.msg = f"{record.msg} (more of this minute are left out)"
        return count <= self.MOST or record.levelno >= logging.CRITICAL


def _handler(as_json: bool) -> logging.Handler:
    handler: logging.Handler = JsonHandler() if as_json else logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Bounded())
    handler.is_cabinets = True  # type: ignore[attr-defined]
    return handler

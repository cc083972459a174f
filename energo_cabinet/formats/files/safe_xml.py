"""XML of strangers: no DTD, no entities, bounded depth, windows-1251 where nothing is declared (SECURITY 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from xml.parsers.expat import ExpatError, errors  # the parser itself is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from energo_cabinet.formats.files.content import FormatError, Notice

DEEPEST = 32
CHUNK = 1 << 16
LONGEST_TOKEN = 1 << 20
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=", re.ASCII)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Handler(Protocol):
    """Receives a document; `line()` is set before parsing and tells the current line."""

    line: Callable[[], int]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters between tags."""


def parse_xml(data: bytes, handler: Handler) -> None:
    """Run a document through `handler`; FormatError for anything malformed or hostile."""
    expat = DefusedXMLParser(target=_Nothing(), encoding=_encoding(data), forbid_dtd=True).parser
    events = _connect(expat, handler)
    try:
        for at in range(0, len(data), CHUNK):
            expat.Parse(data[at : at + CHUNK], False)
            events.refuse_long_token(at)
        expat.Parse(b"", True)
    except DefusedXmlException as error:
        raise FormatError(Notice("xml_dtd", expat.CurrentLineNumber)) from error
    except ExpatError as error:
        raise FormatError(Notice("xml_syntax", error.lineno, {"reason": errors.messages[error.code]})) from error
    except (LookupError, ValueError) as error:
        raise FormatError(Notice("xml_encoding", expat.CurrentLineNumber)) from error


class _Events:
    """Between expat and the handler: depth, and how far the document has come."""

    def __init__(self, expat: Any, handler: Handler) -> None:
        self._expat, self._handler = expat, handler
        self._depth = self._told = self._silent_since = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        self._told += 1
        if self._depth > DEEPEST:
            raise FormatError(Notice("xml_depth", self._expat.CurrentLineNumber, {"deepest": DEEPEST}))
        self._handler.start(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._told += 1
        self._handler.end(tag)

    def text(self, data: str) -> None:
        """Characters between tags."""
        self._told += 1
        self._handler.text(data)

    def refuse_long_token(self, at: int) -> None:
        """Called after each chunk: expat reads an unfinished tag or comment from its beginning again and again."""
        if self._told:
            self._told, self._silent_since = 0, at
        elif at - self._silent_since > LONGEST_TOKEN:
            raise FormatError(Notice("xml_token", self._expat.CurrentLineNumber, {"megabytes": LONGEST_TOKEN >> 20}))


def _connect(expat: Any, handler: Handler) -> _Events:
    """Put the handler in place of ElementTree's; defusedxml's own refusals stay connected."""
    events = _Events(expat, handler)
    handler.line = lambda: int(expat.CurrentLineNumber)
    expat.ordered_attributes = False
    expat.buffer_text = True
    expat.DefaultHandlerExpand = None
    expat.CommentHandler = expat.ProcessingInstructionHandler = None
    expat.StartElementHandler, expat.EndElementHandler = events.start, events.end
    expat.CharacterDataHandler = events.text
    return events


def _encoding(data: bytes) -> str | None:
    """None where the document tells its encoding or is UTF-8; old writers send bare windows-1251."""
    if data.startswith(_BOMS) or _DECLARED.match(data[:400]):
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return "windows-1251"
    return None


class _Nothing:
    """The target ElementTree's parser insists on."""

    def close(self) -> None:
        """Nothing was built."""

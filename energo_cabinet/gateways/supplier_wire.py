"""Calls to a supplier's server, as `supplier_http` makes them.

A supplier's server is a stranger's: it may hang, drip, flood or point inside. Every call ends within TOTAL_S, tries
included; bodies have a limit and are never unpacked; redirects are not followed; nothing of what is sent gets into an
error or a log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
import stamina

from energo_cabinet.domain.typed import whole_number
from energo_cabinet.gateways.circuit import Circuit
from energo_cabinet.gateways.safe_wire import AddressRefused, CheckedTransport, Reach, Resolve, lasting, left, resolve
from energo_cabinet.gateways.supplier import Refused, SupplierUnavailable
from energo_cabinet.gateways.supplier_client import AccessRefused, parse
from energo_cabinet.gateways.supplier_protocol import Document

TOTAL_S, CONNECT_S, READ_S = 14.0, 5.0, 10.0
"""The promise is 15 seconds; the last of them is for what is no network."""
TRIES, LAST_TRY_S, LONGEST_WAIT_S = 3, 2.5, 1.0
"""No further try with less than LAST_TRY_S left, and none after a longer Retry-After than LONGEST_WAIT_S."""
LONGEST_BODY, LONGEST_PROBLEM = 8 * 1024 * 1024, 64 * 1024

D = TypeVar("D", bound=Document)


class Passing(SupplierUnavailable):
    """Something that may be over at the next try."""


class Declined(Refused):
    """The supplier has answered with a problem: its status, its type and its words."""

    def __init__(self, status: int, kind: str = "", words: str = "", retry_after_s: float = 0.0) -> None:
        super().__init__(status)
        self.status, self.kind, self.words, self.retry_after_s = status, kind, words, retry_after_s


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer; `is_unchanged`: there is no body, the ETag that was sent still holds."""

    body: bytes
    etag: str
    is_unchanged: bool


class Wire:
    """Calls of one supplier; one thread at a time."""

    def __init__(self, base_url: str, token: str, reach: Reach, circuit: Circuit, resolver: Resolve = resolve) -> None:
        try:
            self._base = reach.check_url(base_url)
        except (AddressRefused, ValueError) as error:
            raise SupplierUnavailable(f"address refused: {error}") from None
        self._circuit = circuit
        self._client = httpx.Client(
            transport=CheckedTransport(reach, resolver),
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
            headers={
                "Authorization": f"Bearer {token}",
                "User-Agent": "energo-cabinet",
                "Accept": "application/json, application/problem+json",
                "Accept-Encoding": "identity",
            },
            trust_env=False,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def fetch(self, shape: type[D], path: str, query: Mapping[str, str], etag: str = "") -> tuple[D | None, str]:
        """A document and its ETag; None when unchanged. SupplierUnavailable, Declined."""
        headers = {"If-None-Match": etag} if etag else {}
        with self._circuit.call(), lasting(TOTAL_S):
            answer = self._tried("GET", path, query, headers, None)
            if answer.is_unchanged and not etag:
                raise SupplierUnavailable("304 to a call without an ETag")
            return None if answer.is_unchanged else parse(shape, answer.body), answer.etag or etag

    def post(self, shape: type[D], path: str, body: Mapping[str, Any], key: str = "") -> D:
        """Send a body; tried again only with a key. SupplierUnavailable, Declined."""
        with self._circuit.call(), lasting(TOTAL_S):
            if key:
                return parse(shape, self._tried("POST", path, {}, {"Idempotency-Key": key}, body).body)
            return parse(shape, self._once("POST", path, {}, {}, body).body)

    def _tried(self, *call: Any) -> Answer:
        """What may be repeated, up to TRIES times."""
        tries = stamina.retry_context(
            on=_worth_another,
            attempts=TRIES,
            timeout=TOTAL_S,
            wait_initial=0.2,
            wait_max=LONGEST_WAIT_S,
            wait_jitter=0.2,
        )
        for attempt in tries:
            with attempt:
                return self._once(*call)
        raise AssertionError  # the last attempt raises

    def _once(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: Mapping[str, Any] | None,
    ) -> Answer:
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        sent = dict(headers) | ({"Content-Type": "application/json"} if content is not None else {})
        try:
            with self._client.stream(
                method, self._base + path, params=dict(query), headers=sent, content=content
            ) as answer:
                return _read(answer)
        except AddressRefused as error:
            raise SupplierUnavailable(f"address refused: {error}") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise Passing(str(error)[:100] or type(error).__name__) from None


def _worth_another(error: Exception) -> bool | float:
    """Whether, or after how many seconds, to try again."""
    if not isinstance(error, Passing) or error.retry_after_s > LONGEST_WAIT_S:
        return False
    try:
        return left() > LAST_TRY_S
    except Exception:  # no time left
        return False


def _read(answer: httpx.Response) -> Answer:
    status, kind = answer.status_code, answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    wait = _seconds(answer.headers.get("retry-after", ""))
    if status == 304:
        return Answer(b"", _etag(answer), is_unchanged=True)
    if status == 401:
        raise AccessRefused("the supplier refuses our token")
    if status in (429, 500, 502, 503, 504):
        raise Passing(f"HTTP {status}", wait)
    if not (status == 200 or 400 <= status < 500):
        raise SupplierUnavailable(f"HTTP {status}")  # redirects among them: never followed
    if answer.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise SupplierUnavailable("the answer is compressed")
    if status != 200:
        raise _declined(status, kind, _body(answer, LONGEST_PROBLEM), wait)
    if kind != "application/json":
        raise SupplierUnavailable("the answer is no application/json")
    return Answer(_body(answer, LONGEST_BODY), _etag(answer), is_unchanged=False)


def _body(answer: httpx.Response, longest: int) -> bytes:
    """The body as it came, up to a limit."""
    parts, size = [], 0
    for part in answer.iter_raw():
        left()
        parts.append(part)
        size += len(part)
        if size > longest:
            raise SupplierUnavailable("the answer is too long")
    return b"".join(parts)


def _declined(status: int, kind: str, body: bytes, wait: float) -> Declined:
    try:
        told = json.loads(body) if kind == "application/problem+json" else {}
    except (ValueError, RecursionError):
        told = {}
    told = told if isinstance(told, dict) else {}
    words = told.get("detail") or told.get("title") or ""
    printable = "".join(c for c in str(words) if c.isprintable()).strip()
    return Declined(status, str(told.get("type", ""))[:200], printable[:300], wait)


def _etag(answer: httpx.Response) -> str:
    etag = answer.headers.get("etag", "")
    return etag if len(etag) <= 200 and etag.isascii() and etag.isprintable() else ""


def _seconds(value: str) -> float:
    return float(whole_number(value, 6) or 0)

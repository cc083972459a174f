"""Is the session of a cookie alive? Asked at every websocket event: off the event loop, and remembered for 5 s."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from energo_cabinet.auth.login_session import find_with_member, sha256
from energo_cabinet.auth.staff import Permission
from energo_cabinet.auth.staff_session import staff_role
from energo_cabinet.database import session_scope
from energo_cabinet.settings import get_settings

REMEMBER_S = 5.0
MAX_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class LiveSession:
    """What the gate needs of a live login session."""

    session_id: int
    user_id: int
    ends_at: datetime
    permissions: frozenset[Permission] = frozenset()


_known: dict[str, tuple[float, LiveSession | None]] = {}
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="gate")


async def live_session(token: str) -> LiveSession | None:
    """The live session behind a `sid` cookie; None when absent, revoked or expired (at most 5 s ago)."""
    if not token or len(token) > 128:
        return None
    key, now = sha256(token), time.monotonic()
    known = _known.get(key)
    if known is not None and now - known[0] < REMEMBER_S:
        return known[1] if known[1] and datetime.now(UTC) < known[1].ends_at else None
    found = await asyncio.get_running_loop().run_in_executor(_threads, _look_up, token)
    if len(_known) >= MAX_REMEMBERED:
        _known.clear()
    _known[key] = (now, found)
    return found


def forget_sessions() -> None:
    """Ask the database again: a session has just begun or ended in this process."""
    _known.clear()


def _look_up(token: str) -> LiveSession | None:
    with session_scope() as session:
        found = find_with_member(session, token, datetime.now(UTC))
        if found is None:
            return None
        login, user, member = found
        staff = staff_role(session, user, member, get_settings())
    ends_at = min(login.idle_until, login.expires_at)
    return LiveSession(login.id, user.id, ends_at, staff.permissions if staff else frozenset())

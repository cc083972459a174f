"""Open tabs of this process by user: the gate writes them down, from the login session, never from what a tab says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tab:
    """An open socket of a signed-in user: `token` is the state of Reflex behind it, `sid` its login session.

    `end` closes it.
    """

    token: str
    user_id: int
    sid: str
    end: Callable[[], None] = field(default=lambda: None, compare=False)


_tabs: dict[str, Tab] = {}
_of_user: dict[int, set[str]] = {}


def note_tab(socket_id: str, tab: Tab) -> None:
    """Remember whose socket it is; again when its token has changed."""
    if _tabs.get(socket_id) == tab:
        return
    forget_tab(socket_id)
    _tabs[socket_id] = tab
    _of_user.setdefault(tab.user_id, set()).add(socket_id)


def forget_tab(socket_id: str) -> None:
    """The socket is closed."""
    tab = _tabs.pop(socket_id, None)
    if tab is None:
        return
    mine = _of_user[tab.user_id]
    mine.discard(socket_id)
    if not mine:
        del _of_user[tab.user_id]


def tabs_of(user_id: int) -> list[Tab]:
    """The open tabs of a user on this worker."""
    return [_tabs[socket_id] for socket_id in _of_user.get(user_id, ())]

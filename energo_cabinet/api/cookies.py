"""The session cookie: `__Host-sid` over https, `sid` over the demo's loopback http."""

from __future__ import annotations

from starlette.responses import Response

from energo_cabinet.door import cookie_name
from energo_cabinet.settings import get_settings


def set_session(response: Response, token: str, remember: bool) -> None:
    """Give the browser its session: for 30 days when asked, otherwise until it is closed."""
    settings = get_settings()
    response.set_cookie(
        cookie_name("sid"),
        token,
        max_age=settings.session_remember_days * 86_400 if remember else None,
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="strict",
    )


def drop_session(response: Response) -> None:
    """Take the session cookie back."""
    response.delete_cookie(
        cookie_name("sid"), path="/", secure=get_settings().is_secure, httponly=True, samesite="strict"
    )

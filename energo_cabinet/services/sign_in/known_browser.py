"""Guessing at an account from elsewhere shuts nobody out: browsers it was opened in and the mailed link stay good."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from sqlmodel import Session, col, select, update

from energo_cabinet import routes
from energo_cabinet.auth import one_time_code, rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.domain.ip_network import network
from energo_cabinet.models import CodePurpose, KnownBrowser, OneTimeCode, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.settings import get_settings

LIFE = timedelta(days=180)
OPEN_LIFE = timedelta(days=1)


@service("customer", "sign_in.know_browser")
def know_browser(session: Session, subject: Subject) -> str:
    """Keep that the caller has signed in here; the value of the browser's cookie, which it may have already."""
    token = subject.browser if 40 <= len(subject.browser) <= 64 else secrets.token_urlsafe(32)
    mine = (col(KnownBrowser.user_id) == subject.user, col(KnownBrowser.token_sha256) == sha256(token))
    if session.exec(update(KnownBrowser).where(*mine).values(last_used_at=subject.at)).rowcount != 1:
        at = subject.at
        session.add(KnownBrowser(user_id=subject.user, token_sha256=sha256(token), created_at=at, last_used_at=at))
    return token


@dataclass(frozen=True, slots=True)
class Trier:
    """Who tries to open an account: the keys it is counted by, and whether its owner was here before."""

    keys: tuple[str, str]
    is_known: bool

    def may_open(self, user: User) -> bool:
        """Whether guesses made elsewhere leave the account open to this one."""
        return self.is_known or user.failed_sign_ins < get_settings().limit_login_consecutive


def count_try(session: Session, subject: Subject, email: str, user: User | None, opening: str) -> Trier:
    """Count a try at an account before it is looked at: a known browser, or the mailed link, by itself.

    TooManyAttempts by the pair of account and browser, or of account and network.
    """
    is_known = user is not None and (_is_known(session, subject, user) or _has_link(session, subject, user, opening))
    where = sha256(opening or subject.browser) if is_known else network(subject.ip)
    trier = Trier(("sign-in", f"{email}|{where}"), is_known)
    rate.take(get_settings().limit_login_account, *trier.keys)
    return trier


def count_failure(session: Session, subject: Subject, email: str, user: User | None) -> None:
    """One more; once the account takes no more from strangers its owner is mailed a way in, once a day."""
    session.exec(update(User).where(col(User.email) == email).values(failed_sign_ins=User.failed_sign_ins + 1))
    if user is None or user.status is not UserStatus.ACTIVE:
        return
    if user.failed_sign_ins + 1 < get_settings().limit_login_consecutive:
        return
    lately = (OneTimeCode.user_id == user.id, OneTimeCode.purpose == CodePurpose.OPEN)
    recent = select(OneTimeCode.id).where(*lately, col(OneTimeCode.created_at) > subject.at - OPEN_LIFE)
    if session.exec(recent).first() is None:
        key = one_time_code.issue(session, CodePurpose.OPEN, user, subject.at, OPEN_LIFE)
        link = f"{get_settings().base_url}{routes.LOGIN}?open={quote(key, safe='')}"
        letter.post(session, subject, "sign_in_guessed", user.email, user.language, link=link)


def forget_tries(session: Session, user: User, trier: Trier) -> None:
    """The password was right: the row of failures ends."""
    rate.forget(get_settings().limit_login_account, *trier.keys)
    session.exec(update(User).where(col(User.id) == user.id).values(failed_sign_ins=0))


def _is_known(session: Session, subject: Subject, user: User) -> bool:
    if not subject.browser:
        return False
    mine = (KnownBrowser.user_id == user.id, KnownBrowser.token_sha256 == sha256(subject.browser))
    seen = session.exec(select(KnownBrowser.last_used_at).where(*mine)).first()
    return seen is not None and subject.at - seen < LIFE


def _has_link(session: Session, subject: Subject, user: User, opening: object) -> bool:
    live = one_time_code.find_live(session, CodePurpose.OPEN, opening, subject.at)
    return live is not None and live.user_id == user.id

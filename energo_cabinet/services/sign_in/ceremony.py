"""What an authenticator is asked to sign, and whether its answer is good. The cryptography is `webauthn`'s.

The site is the public address of the settings, never what a request claims; a challenge is used up by the first answer,
right or wrong; the user is always verified (WebAuthn Level 3, 7.1 and 7.2).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, and_, col, delete, literal, or_, select, update
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_challenge, options_to_json_dict
from webauthn.helpers import parse_authentication_credential_json as parsed
from webauthn.helpers.structs import AuthenticationCredential, PublicKeyCredentialDescriptor
from webauthn.registration.verify_registration_response import VerifiedRegistration

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.audit import Actor, append_entry
from energo_cabinet.errors import CabinetError, NotFound, WrongSecret
from energo_cabinet.models import CeremonyKind, Passkey, PasskeyCeremony, StaffMember, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.settings import get_settings
from energo_cabinet.settings.kinds import origin

LIFE = timedelta(minutes=5)
TIMEOUT_MS = int(LIFE.total_seconds() * 1000)
LONGEST = 20_000
"""Characters of an answer: far more than any authenticator's, far less than costs anything."""
LONGEST_ID, LONGEST_KEY = 1023, 1500
"""Bytes: the standard's bound of an id, and more than a key of RSA with 8192 bits."""


def site() -> str:
    """The host that passkeys are for (RP id): of the public address."""
    return (urlsplit(get_settings().base_url).hostname or "").lower()


def of_session(subject: Subject) -> str:
    """What a challenge for somebody signed in is bound to: this login session; NotFound for a paired phone."""
    if subject.session_id is None:
        raise NotFound
    return f"session:{subject.session_id}"


def issue(
    session: Session, subject: Subject, kind: CeremonyKind, bound_to: str, kept: tuple[str, str] = ("", "")
) -> bytes:
    """A new challenge; an older one for the same, and all that are over, go. `kept`: name and handle of a passkey."""
    older = and_(col(PasskeyCeremony.bound_to) == bound_to, col(PasskeyCeremony.kind) == kind)
    session.exec(delete(PasskeyCeremony).where(or_(older, col(PasskeyCeremony.expires_at) <= subject.at)))
    challenge = generate_challenge()
    row = PasskeyCeremony(kind=kind, bound_to=bound_to, challenge="", expires_at=subject.at + LIFE)
    row.challenge, (row.name, row.user_handle) = bytes_to_base64url(challenge), kept
    session.add(row)
    session.flush()
    return challenge


def spend(session: Session, subject: Subject, kind: CeremonyKind, bound_to: str) -> PasskeyCeremony:
    """Use the challenge up, by one atomic UPDATE; CabinetError("passkey_expired") when there is none to use."""
    live = (
        col(PasskeyCeremony.kind) == kind,
        col(PasskeyCeremony.bound_to) == bound_to,
        col(PasskeyCeremony.used_at).is_(None),
        col(PasskeyCeremony.expires_at) > subject.at,
    )
    row = session.exec(select(PasskeyCeremony).where(*live)).first()
    if row is None:
        raise CabinetError("passkey_expired")
    mine = update(PasskeyCeremony).where(*live, col(PasskeyCeremony.id) == row.id)
    if session.exec(mine.values(used_at=subject.at)).rowcount != 1:
        raise CabinetError("passkey_expired")
    return row


def made(ceremony: PasskeyCeremony, answer: object) -> VerifiedRegistration:
    """What an authenticator has made; WrongSecret("passkey_refused") unless it is for this challenge and this site."""
    given = _text(answer)
    try:
        new = verify_registration_response(
            credential=given,
            expected_challenge=base64url_to_bytes(ceremony.challenge),
            expected_rp_id=site(),
            expected_origin=origin(get_settings().base_url),
            require_user_verification=True,
        )
    except Exception as error:  # whatever the parsers of bytes from outside end with
        raise WrongSecret("passkey_refused") from error
    if len(new.credential_id) > LONGEST_ID or len(new.credential_public_key) > LONGEST_KEY:
        raise WrongSecret("passkey_refused")
    return new


def shown(session: Session, subject: Subject, ceremony: PasskeyCeremony, answer: object, user_id: int = 0) -> User:
    """Whose passkey has signed the challenge: of `user_id`, or (0) of whoever the authenticator says.

    WrongSecret: "passkey_refused" alike for an unknown, foreign or wrong one and a disabled account;
    "passkey_disabled" and "passkey_copied" only to who holds its private key.
    """
    given = _text(answer)
    try:
        credential = parsed(given)
    except Exception as error:
        raise WrongSecret("passkey_refused") from error
    query = select(Passkey, User).join(User, col(User.id) == Passkey.user_id)
    found = session.exec(query.where(Passkey.credential == bytes_to_base64url(credential.raw_id))).first()
    if found is None or not _is_of(credential, *found, user_id):
        raise WrongSecret("passkey_refused")
    passkey, user = found
    count = _signed_count(ceremony, credential, passkey)
    if passkey.disabled_at is not None:
        raise WrongSecret("passkey_disabled")
    if not _count_on(session, subject, passkey, count):
        _disable_copied(session, subject, passkey, user)
        raise WrongSecret("passkey_copied")
    return user


def note(session: Session, user: User, passkey: str, action: str, subject: Subject, is_own: bool = True) -> None:
    """An entry in the audit journal: of the owner's own doing, or about the owner."""
    member = session.exec(select(StaffMember).where(StaffMember.user_id == user.id)).first()
    role, supplier = (member.role, member.supplier_id) if member and member.removed_at is None else ("", None)
    actor = Actor(user.full_name, user.id if is_own else None, role, supplier, subject.ip)
    append_entry(session, actor, action, subject.at, {"whose_id": user.id, "passkey": passkey})


def as_options(options: Any) -> dict[str, Any]:
    """Options as the browser's script takes them."""
    return options_to_json_dict(options)


def described(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    """Passkeys as options name them."""
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential)) for row in passkeys]


def _text(answer: object) -> str:
    if not isinstance(answer, str) or not 0 < len(answer) <= LONGEST:
        raise WrongSecret("passkey_refused")
    return answer


def _is_of(credential: AuthenticationCredential, passkey: Passkey, user: User, user_id: int) -> bool:
    """Who asks by name may leave the handle out, nobody may give another's (WebAuthn 7.2, step 6)."""
    handle = credential.response.user_handle
    is_known = user_id == user.id if user_id else handle is not None
    fits = handle is None or bytes_to_base64url(handle) == passkey.user_handle
    return is_known and fits and user.status == UserStatus.ACTIVE


def _signed_count(ceremony: PasskeyCeremony, credential: AuthenticationCredential, passkey: Passkey) -> int:
    """The authenticator's count, once its signature is known to be right.

    The library would compare counts before it looks at the signature: anybody could have a passkey disabled.
    """
    try:
        return verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(ceremony.challenge),
            expected_rp_id=site(),
            expected_origin=origin(get_settings().base_url),
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        ).new_sign_count
    except Exception as error:  # whatever the parsers of bytes from outside end with
        raise WrongSecret("passkey_refused") from error


def _count_on(session: Session, subject: Subject, passkey: Passkey, count: int) -> bool:
    """Note the use; False when the count has not grown, unless the authenticator does not count (always 0)."""
    mine = update(Passkey).where(col(Passkey.id) == passkey.id, col(Passkey.disabled_at).is_(None))
    grown = or_(col(Passkey.sign_count) < count, and_(col(Passkey.sign_count) == 0, literal(count) == 0))
    done = session.exec(mine.where(grown).values(sign_count=count, last_used_at=subject.at))
    return bool(done.rowcount == 1)


def _disable_copied(session: Session, subject: Subject, passkey: Passkey, user: User) -> None:
    """Two authenticators have the same key: it opens nothing any more, and its owner is told."""
    disabled = update(Passkey).where(col(Passkey.id) == passkey.id, col(Passkey.disabled_at).is_(None))
    session.exec(disabled.values(disabled_at=subject.at))
    note(session, user, passkey.name, "passkey.disable", subject, is_own=False)
    about = {"name": passkey.name, "address": subject.ip or "—"}
    letter.post(session, subject, "passkey_copied", user.email, user.language, **about)

"""Codes that join a phone: 256 bits in the picture, and a short one to type when there is no camera (SECURITY 2.1)."""

from __future__ import annotations

import hashlib
import secrets

from argon2.low_level import Type, hash_secret_raw

from energo_cabinet.settings import get_settings

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing that looks like something else: no 0, 1, I, O."""

TYPED_LENGTH = 8
MAX_LENGTH = 100


def new_code() -> str:
    """The secret in the picture."""
    return secrets.token_urlsafe(32)


def new_typed() -> str:
    """The secret to type: 40 bits that live a minute, behind a limit of tries and a confirmation."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TYPED_LENGTH))


def typed_of(given: str) -> str:
    """What somebody typed, in one spelling; "" when it can be no code."""
    text = "".join(given.upper().replace("-", "").split())
    return text if len(text) == TYPED_LENGTH and set(text) <= set(ALPHABET) else ""


def argon2_of(typed: str) -> str:
    """Hex argon2id under which a short code is kept; salted by the installation, so that it can be looked up."""
    salt = hashlib.sha256(b"pairing|" + get_settings().key).digest()[:16]
    return hash_secret_raw(typed.encode(), salt, 2, 19456, 1, 32, Type.ID).hex()


def check_number(claim: str) -> str:
    """Two digits that the phone and the computer show alike, so that one confirms the phone in one's hand."""
    return f"{int.from_bytes(hashlib.sha256(b'check|' + claim.encode()).digest()[:4]) % 100:02d}"

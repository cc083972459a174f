"""Secrets at rest: AES-256-GCM with the id of its key in front, bound to the row they belong to (ASVS 11.3)."""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from energo_cabinet.settings import get_settings

DERIVED = "own"
"""Id of the key made of the installation's secret key, when the settings name none."""
NONCE = 12


class CannotUnseal(Exception):
    """Sealed with a key that is gone, for another row, or damaged."""


def seal(secret: str, row: str) -> str:
    """`id:base64` of the secret, readable with the same `row` only."""
    keys = _keys(get_settings().seal_keys.get_secret_value(), get_settings().key)
    key_id, key = next(iter(keys.items()))
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(key).encrypt(nonce, secret.encode(), row.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, row: str) -> str:
    """The secret again; CannotUnseal."""
    key_id, _, body = sealed.partition(":")
    key = _keys(get_settings().seal_keys.get_secret_value(), get_settings().key).get(key_id)
    try:
        raw = base64.b64decode(body, validate=True)
        return AESGCM(key or b"").decrypt(raw[:NONCE], raw[NONCE:], row.encode()).decode()
    except (ValueError, InvalidTag) as error:
        raise CannotUnseal(key_id) from error


def key_ids() -> list[str]:
    """Ids of the keys that are there; the first seals."""
    return list(_keys(get_settings().seal_keys.get_secret_value(), get_settings().key))


def signing_keys() -> dict[str, bytes]:
    """Keys by id, the first signs, for what is proved and not hidden: made of the sealing keys, and not those."""
    keys = _keys(get_settings().seal_keys.get_secret_value(), get_settings().key)
    return {key_id: _derived(key, b"energo cabinet audit journal") for key_id, key in keys.items()}


@lru_cache
def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, purpose).derive(key)


@lru_cache
def _keys(given: str, own: bytes) -> dict[str, bytes]:
    """Key by id; the first seals."""
    listed = dict(part.split(":", 1) for part in given.split(",") if ":" in part)
    keys = {key_id.strip(): base64.b64decode(key) for key_id, key in listed.items()}
    return keys | {DERIVED: HKDF(SHA256(), 32, None, b"energo cabinet sealed secrets").derive(own)}

"""An authenticator in software: makes a passkey and signs with it, honestly or as told to."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from energo_cabinet.models import Passkey
from tests.cast import NOW

SITE, ORIGIN = "localhost", "http://localhost:3000"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey; `counts` False as of those that are synchronised, whose count stays 0."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: str = ""
    count: int = 0
    counts: bool = True
    site: str = SITE
    origin: str = ORIGIN
    flags: int = PRESENT | VERIFIED

    def makes(self, options, **more) -> str:
        """The answer to options of creation."""
        self.handle = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        coordinates = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        known = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps({1: 2, 3: -7, -1: 1} | coordinates)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + known}
        client = self._client("webauthn.create", options, **more)
        return self._answer({"clientDataJSON": client, "attestationObject": cbor2.dumps(attested)})

    def signs(self, options, **more) -> str:
        """The answer to options of a request."""
        self.count += self.counts
        data, client = self._data(), self._client("webauthn.get", options, **more)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        handle = {"userHandle": base64url_to_bytes(self.handle)} if self.handle else {}
        return self._answer(response | handle)

    def copied(self) -> Authenticator:
        """Another one with the same key and count."""
        return replace(self)

    def _data(self, flags: int = 0) -> bytes:
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([self.flags | flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options, **more) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said | more).encode()

    def _answer(self, response: dict[str, bytes]) -> str:
        own = bytes_to_base64url(self.id)
        shown = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": shown})


def passkey_of(session, who) -> int:
    """A row, where nobody signs with it."""
    row = Passkey(user_id=who.user, credential="x", public_key="x", user_handle="x", name="x", created_at=NOW)
    session.add(row)
    session.flush()
    return row.id

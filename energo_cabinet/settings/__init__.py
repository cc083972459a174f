"""Settings of an installation: the environment, prefix ENERGO_. Every limit and legal number is in this folder."""

from __future__ import annotations

import secrets
import sys
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from energo_cabinet.settings.attempts import AttemptSettings
from energo_cabinet.settings.installation import InstallationSettings
from energo_cabinet.settings.kinds import LOOPBACK_HOSTS as LOOPBACK_HOSTS
from energo_cabinet.settings.kinds import origin
from energo_cabinet.settings.lifetimes import LifetimeSettings
from energo_cabinet.settings.norms import NormSettings

WAITS = "ENERGO_WAITS_FOR"
"""Variable with the file whose lock a server awaits until what it serves is prepared; not a setting."""


class Settings(NormSettings, AttemptSettings, LifetimeSettings, InstallationSettings, BaseSettings):
    """One installation. Field descriptions are what docs/settings.md shows."""

    model_config = SettingsConfigDict(env_prefix="ENERGO_", extra="ignore", env_ignore_empty=True)

    @property
    def is_demo(self) -> bool:
        """Whether this is the loopback demo."""
        return self.mode == "demo"

    @property
    def db_url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'cabinet.db').resolve()}"

    @property
    def base_url(self) -> str:
        """The public address without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def origins(self) -> frozenset[str]:
        """Origins whose sockets and form posts are accepted."""
        own = {origin(self.base_url)}
        if self.is_demo:
            own |= {f"http://{host}:{self.port}" for host in ("localhost", "127.0.0.1")}
        return frozenset(own)

    @property
    def is_secure(self) -> bool:
        """Whether cookies carry Secure and the __Host- prefix (https public address)."""
        return self.base_url.startswith("https://")

    @property
    def sender(self) -> str:
        """The From address of letters."""
        return self.mail_from or f"cabinet@{urlsplit(self.base_url).hostname or 'localhost'}"

    @property
    def key(self) -> bytes:
        """Secret bytes; the demo keeps its own in the data dir, so that its sessions outlive a restart."""
        given = self.secret_key.get_secret_value()
        return given.encode() if given else _demo_key(self.data_dir)


def _demo_key(data_dir: Path) -> bytes:
    path = data_dir / "secret.key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_bytes()


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once; a wrong one ends the process with a sentence without its value."""
    try:
        return Settings()
    except ValidationError as error:
        for wrong in error.errors(include_input=False, include_url=False):
            name = f"ENERGO_{'_'.join(str(part) for part in wrong['loc'])}".upper()
            print(f"{name}: {wrong['msg'].removeprefix('Value error, ')}.", file=sys.stderr)  # noqa: T201
        sys.exit(1)

"""What the cabinet is made of: names, versions and licences of the libraries, read from the installation itself."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LIBRARIES = (
    "reflex", "granian", "SQLAlchemy", "sqlmodel", "alembic", "psycopg", "redis", "fastapi", "pydantic", "httpx",
    "numpy", "pandas", "plotly", "qrcode", "pillow", "babel", "cryptography", "argon2-cffi", "libpass", "limits",
    "defusedxml", "aiosmtplib",
)  # fmt: skip
_PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def version() -> str:
    """Version of the cabinet."""
    return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])


def libraries() -> list[tuple[str, str, str]]:
    """(name, version, licence) of each library that is installed."""
    return [found for name in LIBRARIES if (found := _library(name)) is not None]


def _library(name: str) -> tuple[str, str, str] | None:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    told_as = [told[field] for field in ("License-Expression", "License") if field in told]
    licence = next((words for words in told_as if words), "")
    return told["Name"], told["Version"], licence.splitlines()[0][:80] if licence else ""

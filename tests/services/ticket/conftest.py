"""Limits that begin anew with each test."""

from __future__ import annotations

import pytest

from energo_cabinet.auth import rate as limits


@pytest.fixture(autouse=True)
def _fresh_limits():
    limits.forget_all()

"""A second operator, and limits that begin anew with each test."""

from __future__ import annotations

import pytest

from energo_cabinet.auth import rate as limits
from energo_cabinet.models import StaffRoleName
from tests import cast as make


@pytest.fixture(autouse=True)
def _fresh_limits():
    limits.forget_all()


@pytest.fixture
def olga(session, cast):
    """A second operator of Анна's supplier."""
    return make.staff(session, "olga@example.org", "Орлова Ольга Ивановна", cast.supplier, StaffRoleName.OPERATOR)

"""A computer that shows codes and a phone that claims them."""

from __future__ import annotations

import pytest

from energo_cabinet.auth import rate
from tests.services.phone.scene import at_computer


@pytest.fixture
def desk(session, cast, surroundings):
    rate.forget_all()
    return at_computer(session, cast.anna)


@pytest.fixture
def phone(anonymous):
    return anonymous

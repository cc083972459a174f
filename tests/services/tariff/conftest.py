"""A tariff that a point is billed by."""

from __future__ import annotations

import pytest

from tests import cast as make
from tests.services.tariff.scene import PRICES


@pytest.fixture
def used(session, cast) -> int:
    """The tariff Анна's point is billed by."""
    cast.point.tariff_id = make.tariff(session, cast.supplier, prices=PRICES).id
    session.flush()
    return cast.point.tariff_id

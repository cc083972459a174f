"""Network parameters as a table for a download."""

from __future__ import annotations

from decimal import Decimal

from energo_cabinet.domain.time.period import Period
from energo_cabinet.services.network.export import network_table
from tests.services.network.scene import DAY, stored


def test_table_has_every_quantity_that_came(session, cast):
    stored(session, cast.point, s3=-0.5, quantity="P")
    stored(session, cast.point)
    table = network_table(session, cast.anna, cast.point.id, Period(DAY, DAY))
    assert [column.key for column in table.columns] == ["start", "utc_offset", "network_u", "network_p_sum"]
    assert len(table.rows) == 144 and table.rows[3][1:] == ("UTC+0300", Decimal("230.000"), Decimal("-0.500"))

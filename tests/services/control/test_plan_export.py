"""Plan and fact as a table for a download (Э-59)."""

from __future__ import annotations

from decimal import Decimal

from energo_cabinet.domain.time.period import Period
from energo_cabinet.services.control.plan_export import plan_fact_table
from tests import cast as make
from tests.services.control.scene import TODAY, typed


def test_the_table_for_a_download_has_every_hour(session, cast):
    make.day(session, make.series(session, cast.point), TODAY, [110] * 2 + [100] * 44 + [None] * 2)
    typed(session, cast, price="1000")
    table = plan_fact_table(session, cast.anna, Period(TODAY, TODAY), point_id=cast.point.id)
    assert table.rows[0][2:7] == (Decimal("0.2"), Decimal("0.22"), Decimal("0.02"), Decimal(10), Decimal("0.02"))
    assert (table.rows[0][7].key, table.rows[23][3:7]) == ("corridor_above", (None, None, None, None))

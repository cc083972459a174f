"""Days of network parameters."""

from __future__ import annotations

from datetime import date

import numpy as np

from energo_cabinet.domain.time.local_day import epoch_day, slots_of_day
from energo_cabinet.services.values.network_write import store_series

DAY = date(2026, 11, 20)


def stored(session, point, day=DAY, volts=230.0, quantity="UA", step=10, **at):
    """A day of one quantity; `s5=242.1` sets slot 5."""
    values = np.full(slots_of_day(day, point.zone_name, step), round(volts * 1000), np.int64)
    for slot, value in at.items():
        values[int(slot[1:])] = round(value * 1000)
    store_series(session, [((point.id, quantity, step), epoch_day(day), values)], None)

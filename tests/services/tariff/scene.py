"""A tariff as it is typed, and its prices."""

from __future__ import annotations

from datetime import date

from energo_cabinet.services.tariff.book import tariff_card

TYPED = {
    "code": "2З-26",
    "name": "Двухзонный, село",
    "source": "Приказ РЭК № 12 от 01.06.2026",
    "zone_count": "2",
    "hours_T1": "07:00–23:00",
    "hours_T2": "23:00–07:00",
    "valid_from": "2026-07-01",
    "price_T1": "6,17",
    "price_T2": "3.08",
}
PRICES = [("T1", date(2025, 1, 1), "4.93"), ("T2", date(2025, 1, 1), "2.96")]
NEXT = {"valid_from": "2027-01-01", "price_T1": "5.40", "price_T2": "3.20"}


def seen(session, cast, tariff_id: int) -> str:
    return tariff_card(session, cast.grigory, tariff_id).seen

"""The board of limits and the journal of violations: shown, explained, closed to strangers (Э-58)."""

from __future__ import annotations

import pytest

from energo_cabinet.domain.control.deviation import Standing
from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.services.control.limit import save_limits
from energo_cabinet.services.control.violation import acknowledge, control_board, list_violations
from tests.services.control.scene import KINDS, TODAY, YESTERDAY, limited, violations, wh


def test_what_was_explained_stays_when_new_data_take_it_back(session, cast, meter):
    limited(session, cast, hour="0.3")
    meter(TODAY, wh((12, 500)))
    acknowledge(session, cast.anna, violations(session)[0].id, "Пуск печи")
    meter(TODAY, wh((0, 99)))
    (found,) = list_violations(session, cast.anna, cast.contract.id).items
    assert (found.is_withdrawn, found.comment) == (True, "Пуск печи")
    meter(TODAY, wh((12, 500)))
    assert violations(session)[0].withdrawn_at is None


@pytest.mark.parametrize(("peak", "expected"), [(100, "within"), (140, "near"), (150, "near"), (160, "over")])
def test_the_board_says_how_the_newest_hour_stands(session, cast, meter, peak, expected):
    """90 % of the limit is near."""
    limited(session, cast, hour="0.25")
    meter(TODAY, wh((21, peak), *((slot, None) for slot in range(22, 48))))
    (line,) = control_board(session, cast.anna, cast.contract.id).lines
    assert (line.standing, line.value, f"{line.at:%H:%M}") == (Standing(expected), 100 + peak, "11:00")


def test_older_days_do_not_turn_the_board_back(session, cast, meter):
    limited(session, cast, hour="0.25")
    meter(TODAY, wh(base=50))
    meter(YESTERDAY, wh(base=200))
    assert [line.value for line in control_board(session, cast.anna, cast.contract.id).lines] == [100]


def test_acknowledging_needs_words_and_happens_once(session, cast, meter):
    limited(session, cast, hour="0.3")
    meter(TODAY, wh((0, 900)))
    row = violations(session)[0]
    for wrong in ("", "  ", "x" * 501, "a\x00b", None):
        with pytest.raises(InvalidInput):
            acknowledge(session, cast.anna, row.id, wrong)
    assert acknowledge(session, cast.anna, row.id, " Замена тестомеса ").acknowledged_by == "Соколова Анна Викторовна"
    with pytest.raises(Conflict):
        acknowledge(session, cast.anna, row.id, "ещё раз")
    with pytest.raises(NotFound):
        acknowledge(session, cast.boris, row.id, "чужое")
    assert list_violations(session, cast.anna, cast.contract.id, "open").items == ()


def test_strangers_have_no_limits_boards_or_violations_here(session, cast):
    for ask in (control_board, list_violations):
        with pytest.raises(NotFound):
            ask(session, cast.boris, cast.contract.id)
    with pytest.raises(NotFound):
        save_limits(session, cast.boris, {}, dict.fromkeys(KINDS, "1"), point_id=cast.point.id)

"""Which notifications a person wants, and where (Н-54, Н-55)."""

from __future__ import annotations

import pytest

from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.notice.choice import choose, my_choices
from energo_cabinet.services.notice.notification import list_notifications
from energo_cabinet.services.notice.sending import Sent
from tests.services.notice.scene import letters, send, told_live


@pytest.mark.parametrize(("in_cabinet", "by_email"), [(True, True), (True, False), (False, True), (False, False)])
def test_both_toggles_are_obeyed_each_for_itself(session, cast, system, in_cabinet, by_email):
    """Н-54."""
    choose(session, cast.anna, "supplier", in_cabinet, by_email)
    assert send(session, system, email="anna@example.org") == Sent(1, int(in_cabinet), int(by_email))
    assert len(list_notifications(session, cast.anna).items) == len(told_live(session)) == in_cabinet
    assert len(letters(session)) == by_email


def test_the_toggle_of_one_source_leaves_the_other(session, cast, system):
    """Н-55; by default both are shown and the supplier's are copied by e-mail."""
    before = {(c.source.value, c.in_cabinet, c.by_email) for c in my_choices(session, cast.anna)}
    assert before == {("supplier", True, True), ("meters", True, False)}
    choose(session, cast.anna, "meters", False, False)
    assert send(session, system, email="anna@example.org").shown == 1
    assert choose(session, cast.anna, "meters", True, True) in my_choices(session, cast.anna)


@pytest.mark.parametrize(
    "wrong", [("x", True, True), ("supplier", 1, True), ("supplier", True, "no"), (None, True, True)]
)
def test_a_choice_is_what_it_says(session, cast, wrong):
    with pytest.raises(InvalidInput):
        choose(session, cast.anna, *wrong)

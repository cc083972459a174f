"""What bad quality takes off the charge, as the installation has set it, with the act that says so (R-20)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from energo_cabinet.errors import NotSignedIn
from energo_cabinet.services.quality.claim import QualityTerms, quality_terms


def test_the_terms_of_the_law_hold_unless_set_otherwise(session, cast, surroundings):
    found = quality_terms(session, cast.anna)
    assert found.percent_an_hour == Decimal("0.15") and "№ 354" in found.source


def test_the_terms_of_the_installation_are_exact(session, cast, surroundings):
    surroundings.set(quality_percent="0.1", quality_source="Договор, п. 7")
    assert quality_terms(session, cast.anna) == QualityTerms(Decimal("0.1"), "Договор, п. 7")


def test_bad_quality_never_adds_to_a_charge(session, cast, surroundings):
    surroundings.set(quality_percent="-1")
    with pytest.raises(SystemExit):
        quality_terms(session, cast.anna)
    surroundings.set(quality_percent="0")
    assert quality_terms(session, cast.anna).percent_an_hour == 0


def test_visitors_are_not_told(session, anonymous):
    with pytest.raises(NotSignedIn):
        quality_terms(session, anonymous)

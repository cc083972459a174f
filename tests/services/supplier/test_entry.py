"""What a supplier's front door shows, and how a supplier changes it (Э-1…Э-3, Э-73)."""

import pytest

from energo_cabinet.errors import NotFound
from energo_cabinet.services.supplier.entry import entry_page, list_regions
from tests.services.supplier.scene import VISITOR


def test_a_new_supplier_is_one_region_named_like_itself(session, nekta):
    assert [(r.title, r.supplier_code) for r in list_regions(session, VISITOR)] == [("NeKta", "nekta")]


@pytest.mark.parametrize("code", ["", "no", "x" * 41, "a\x00b", None, 5])
def test_unknown_code_is_not_found(session, nekta, code):
    with pytest.raises(NotFound):
        entry_page(session, VISITOR, code)

"""The journal of imports: filtered, paged, one supplier's."""

from __future__ import annotations

from energo_cabinet.services.imports.journal import import_detail, list_imports
from tests.services.imports.scene import OWN, points


def test_the_journal_is_filtered_and_paged(session, cast, send):
    jobs = [send(points(OWN), f"день {n}.xml").id for n in range(5)]
    first = list_imports(session, cast.grigory, limit=2)
    rest = list_imports(session, cast.grigory, before=first.next, limit=10)
    assert [card.id for card in (*first.items, *rest.items)] == jobs[::-1]
    assert (rest.next, rest.open) == (None, 5)
    assert [card.id for card in list_imports(session, cast.grigory, words="ДЕНЬ 3").items] == [jobs[3]]
    assert list_imports(session, cast.grigory, way="folder").items == ()
    assert list_imports(session, cast.darya).items == ()
    assert import_detail(session, cast.grigory, jobs[0]).has_file

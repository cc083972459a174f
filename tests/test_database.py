"""What a use case leaves behind when it ends in an error."""

import pytest
from sqlmodel import Session, select

from energo_cabinet.database import session_scope
from energo_cabinet.errors import NotFound, WrongSecret
from energo_cabinet.models import Supplier
from tests.cast import supplier


@pytest.mark.parametrize(
    ("error", "kept"), [(ZeroDivisionError(), []), (NotFound(), []), (WrongSecret("wrong"), ["NEKTA"])]
)
def test_only_a_refusal_that_says_so_is_committed(engine, error, kept):
    with pytest.raises(type(error)), session_scope(engine) as session:
        supplier(session)
        raise error
    with Session(engine) as session:
        assert session.exec(select(Supplier.code)).all() == kept

"""What a use case leaves behind when it ends in an error."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
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


def test_who_sets_a_savepoint_reads_and_writes_beside_another_writer(engine):
    """On SQLite the write was refused at once («database is locked») when another had written since the read."""
    with Session(engine) as mine, engine.connect() as other:
        with mine.begin_nested():
            assert mine.exec(select(Supplier.code)).all() == []
            if engine.dialect.name == "sqlite":
                other.execute(text("PRAGMA busy_timeout = 0"))
                with pytest.raises(OperationalError):  # it would wait its turn
                    other.execute(text("INSERT INTO job_lease (name, owner, held_until) VALUES ('a', 'b', 'c')"))
            supplier(mine)
        mine.commit()
        assert mine.exec(select(Supplier.code)).all() == ["NEKTA"]

"""A world built once for all cases of a module, on each database: every case plays in a savepoint of it.

For matrices, whose cases differ in what they call and not in what there is. What the builder returns is no case's own:
it hands out copies of its rows (`Cast.within`), so that nothing a case changes in memory reaches the next one either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from tests.databases import joining, rolled_back, trial

World = TypeVar("World")


class Stage(Generic[World]):
    """The connection that carries a world, and what its builder made (detached)."""

    def __init__(self, connection: Connection, world: World) -> None:
        self._connection, self.world = connection, world

    @contextmanager
    def case(self) -> Iterator[Session]:
        """A session in which anything may be done, committed and broken."""
        with trial(self._connection), Session(**joining(self._connection)) as opened:
            yield opened


@contextmanager
def stage(engine: Engine, build: Callable[[Session], World]) -> Iterator[Stage[World]]:
    """Build a world (committed, as a world is) on a worker's database, and take it away at the end."""
    with rolled_back(engine) as connection:
        with Session(**joining(connection)) as building:
            world = build(building)
            building.commit()
        yield Stage(connection, world)

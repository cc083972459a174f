"""Threads for calls to suppliers' systems: theirs alone, so that a slow supplier holds up nothing else here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="supplier")


async def in_supplier_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a call that blocks on a supplier."""
    return await asyncio.get_running_loop().run_in_executor(_threads, partial(call, *args, **kwargs))

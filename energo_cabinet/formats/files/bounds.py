"""Bounds that a process working on foreign files puts on itself."""

from __future__ import annotations

import os
from pathlib import Path


def limit_memory(more: int) -> None:
    """Bound the address space to what is used now and `more` bytes, where the system knows how; no core files."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(seconds: int) -> None:
    """Bound the CPU time of this process to `seconds` from now."""
    try:
        import resource
    except ImportError:
        return
    used = sum(os.times()[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds, hard))


def limit_files(size: int) -> None:
    """Bound the size of any file this process writes."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def bare_environment(root: Path) -> dict[str, str]:
    """What such a process may know of the environment: how to find Python, no secrets."""
    keep = ("PATH", "LANG", "LC_ALL", "TZDIR", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT", "PYTHONTZPATH")
    known = {name: os.environ[name] for name in keep if name in os.environ}
    return known | {"PYTHONPATH": str(root), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}

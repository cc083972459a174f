"""`python -m energo_cabinet`.

Byte code is kept beside the sources whatever PYTHONDONTWRITEBYTECODE says, here and in every process started from
here: the packages are installed without it, and a server that compiles them at each start takes three times as long.
"""

from __future__ import annotations

import os
import sys


def run() -> int:
    """Run the command; its exit code."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    from energo_cabinet.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(run())

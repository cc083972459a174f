"""The process that redraws one picture: `python -m energo_cabinet.formats.process.picture_worker SOURCE TARGET`.

Whatever a hostile picture achieves here, it meets a process without database, settings or secrets.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from energo_cabinet.formats.files.bounds import limit_cpu, limit_files, limit_memory
from energo_cabinet.formats.process.picture import redraw

MEMORY = 768 << 20
CPU_SECONDS = 20
LARGEST_RESULT = 24 << 20


def main() -> None:
    """Redraw, or end with 1."""
    limit_memory(MEMORY)
    limit_cpu(CPU_SECONDS)
    limit_files(LARGEST_RESULT)
    warnings.filterwarnings("error", message=".*decompression bomb.*")  # Pillow only warns
    try:
        redraw(Path(sys.argv[1]), Path(sys.argv[2]))
    except Exception:  # whatever it is, the file is refused
        sys.exit(1)


if __name__ == "__main__":
    main()

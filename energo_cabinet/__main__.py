"""`python -m energo_cabinet`."""

import sys

from energo_cabinet.cli import main

sys.exit(main())

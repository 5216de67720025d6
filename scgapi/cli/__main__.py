"""Run the command: `python -m scgapi.cli`."""

from __future__ import annotations

import sys

from scgapi.cli import main

if __name__ == "__main__":
    sys.exit(main())

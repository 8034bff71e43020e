"""``python -m demo_game``: the demo in a window."""

from __future__ import annotations

import sys

from demo_game.main import run

if __name__ == "__main__":
    sys.exit(run())

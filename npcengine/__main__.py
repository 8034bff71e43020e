"""``python -m npcengine``: the command line."""

from __future__ import annotations

from npcengine.cli.app import main

if __name__ == "__main__":
    main()

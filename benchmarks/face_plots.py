"""Draws the plots and the moving preview of docs/face.md with the default voice, as `npcengine face` does.

    python -m benchmarks.face_plots [FOLDER]

writes face_*.png and face.gif to FOLDER (`assets` by default). Needs the voice's model.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SENTENCES = {
    "closures": "Please bring my hammer, people may be up by now.",
    "rounding": "Two old wolves move slowly through the snow.",
    "questions": "Who told you that? Five of us have never been to the village.",
}
PREVIEWED = "closures"


def main(folder: Path) -> None:
    """Writes a plot for each sentence, and one preview."""
    with tempfile.TemporaryDirectory() as aside:
        for name, sentence in SENTENCES.items():
            command = [sys.executable, "-m", "npcengine", "face", sentence, "-o", f"{aside}/{name}.csv"]
            command += ["--plot", str(folder / f"face_{name}.png"), "--emotion", "content"]
            if name == PREVIEWED:
                command += ["--preview", str(folder / "face.gif")]
            subprocess.run(command, check=True)  # noqa: S603 - our own command line


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("assets"))

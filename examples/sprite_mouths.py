"""A talking character from a head and nine mouth pictures: all that a sprite game needs of the engine.

python examples/sprite_mouths.py [CHARACTER.yaml]
"""

from __future__ import annotations

import sys
from pathlib import Path

import pygame

import npcengine

HERE = Path(__file__).parent
PICTURES, MOUTH_AT = HERE / "pictures", (88, 224)  # drawn by draw_mouths.py


def main(character: Path) -> None:
    """Opens a window in which the character greets and says a line."""
    pygame.init()
    screen = pygame.display.set_mode((320, 360))
    clock = pygame.time.Clock()
    head = pygame.image.load(PICTURES / "head.png")
    mouths = {shape: pygame.image.load(PICTURES / f"mouth_{shape}.png") for shape in "ABCDEFGHX"}
    with npcengine.Engine() as engine:
        npc = engine.spawn(character)
        npc.say("Mind the sparks, traveller. What needs mending before the fair?")
        while not pygame.event.get(pygame.QUIT):
            engine.update(clock.tick(60) / 1000)
            screen.blit(head, (0, 0))
            screen.blit(mouths[npc.face.mouth_shape], MOUTH_AT)
            pygame.display.flip()
    pygame.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "characters" / "gerta.yaml")

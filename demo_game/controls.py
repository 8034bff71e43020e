"""Which key does what; knows no drawing."""

from __future__ import annotations

import pygame

from demo_game.portraits import Portraits
from demo_game.scene import TalkScene


def handle(event: pygame.event.Event, scene: TalkScene, portraits: Portraits) -> bool:
    """Hands one event of the window on to the scene; False when the player leaves."""
    if event.type == pygame.QUIT:
        return False
    if event.type == pygame.TEXTINPUT:
        _type(event.text, scene)
    elif event.type == pygame.KEYDOWN and scene.field.open:
        _press_in_field(event.key, scene)
    elif event.type == pygame.KEYDOWN:
        return _press(event.key, scene)
    elif event.type == pygame.KEYUP and event.key == pygame.K_SPACE:
        scene.stop_listening()
    elif event.type == pygame.WINDOWFOCUSLOST:
        scene.stop_listening()  # the key's release would go to another window
    elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
        index = portraits.at(event.pos)
        if index is not None:
            scene.choose(index)
    return True


def _type(text: str, scene: TalkScene) -> None:
    """A letter opens the field; in it, everything is text."""
    if not scene.field.open and text.isalpha() and not scene.listening:
        scene.field.start()
    if scene.field.open:
        scene.field.insert(text)


def _press_in_field(key: int, scene: TalkScene) -> None:
    if key in (pygame.K_RETURN, pygame.K_KP_ENTER):
        scene.send_line()
    elif key == pygame.K_ESCAPE:
        scene.field.leave()
    elif key == pygame.K_F1:
        scene.show_timings = not scene.show_timings
    else:
        scene.field.press(key)


def _press(key: int, scene: TalkScene) -> bool:
    """A key outside the text field; False when it leaves the game."""
    if key == pygame.K_ESCAPE:
        return False
    if key == pygame.K_SPACE:
        scene.listen()
    elif key in (pygame.K_RETURN, pygame.K_KP_ENTER):
        scene.field.start()
    elif key == pygame.K_TAB:
        scene.choose(scene.chosen + 1)
    elif key == pygame.K_F1:
        scene.show_timings = not scene.show_timings
    elif key == pygame.K_F2:
        scene.reload()
    elif key == pygame.K_F3:
        scene.switch_microphone()
    elif key == pygame.K_BACKSPACE:
        scene.hush()
    elif pygame.K_1 <= key < pygame.K_1 + len(scene.villagers):
        scene.choose(key - pygame.K_1)
    return True

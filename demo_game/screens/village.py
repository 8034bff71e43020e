"""The game's own screen: the village, whom one talks to beside it, and what was said below."""

from __future__ import annotations

import pygame

from demo_game.actions import Action
from demo_game.cast import Villager
from demo_game.hints import current_hint
from demo_game.inputs import Input, LoseFocus, PadChanged, Point, Press, Release, Typed
from demo_game.screens.ending import EndingPage
from demo_game.screens.notebook import NotebookPage
from demo_game.screens.pause import PausePage
from demo_game.screens.village_drawing import Sight, VillageDrawing
from demo_game.shell import Shell
from demo_game.text_field import TextField
from demo_game.views.wheel import Wheel
from demo_game.world import REACH

PAGE = 8
"""Lines that the overlay's prompt is turned by."""


class VillageScreen:
    """Walks, talks, types and chooses from the wheel."""

    still = False

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.field = TextField()
        self.wheel: Wheel | None = None
        self.hint = ""
        self.overlay = False
        self.drawing = VillageDrawing(shell)
        self._ignored = ""
        self._ended = shell.game.story.ending

    # ------------------------------------------------------------ what the player does

    def take(self, happened: Input) -> None:
        """Hands on what the player did to the line being typed, to the wheel, or to the game."""
        match happened:
            case Typed(text=text):
                self._type(text)
            case Press() if self.field.open:
                self._press_in_field(happened)
            case Press() if self.wheel is not None:
                self._press_in_wheel(happened, self.wheel)
            case Press():
                self._press(happened)
            case Release(action=Action.TALK) | LoseFocus():
                self.shell.game.talk.stop_listening()
            case Point(at=at, pressed=pressed) if self.wheel is not None:
                self._point(at, self.wheel, pressed=pressed)
            case PadChanged(name=name, plugged=plugged):
                self.shell.game.notify(f"{name} is {'ready' if plugged else 'gone'}.")

    def _press(self, press: Press) -> None:
        game = self.shell.game
        match press.action:
            case Action.TALK:
                game.talk.listen()
            case Action.TYPE:
                self._start_typing(press.key)
            case Action.WHEEL:
                self._open_wheel()
            case Action.USE:
                self._use()
            case Action.NEXT:
                self._turn_to_next()
            case Action.HUSH:
                game.talk.hush()
            case Action.NOTEBOOK:
                self.shell.open(NotebookPage(self.shell))
            case Action.MENU:
                self.shell.open(PausePage(self.shell))
            case _:
                self._press_for_developers(press)

    def _press_for_developers(self, press: Press) -> None:
        if press.action is Action.OVERLAY:
            self.overlay = not self.overlay
        elif press.action is Action.RELOAD:
            for villager in self.shell.game.villagers.values():
                villager.npc.reload()
        elif press.action is Action.OPEN_MICROPHONE:
            self._switch_microphone()
        elif press.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            self.drawing.overlay.turn_page(PAGE if press.key == pygame.K_PAGEDOWN else -PAGE)

    def _switch_microphone(self) -> None:
        game, settings = self.shell.game, self.shell.settings
        game.talk.open_microphone(opened=not game.talk.hears_all)
        settings.open_microphone = game.talk.hears_all
        if not game.engine.microphone.problem:
            talk = f"Hold {self.shell.key(Action.TALK)} to speak."
            game.notify("The microphone is open: just talk." if settings.open_microphone else talk)
        self.shell.keep_settings()

    def _use(self) -> None:
        """The thing at hand; where there is none, it turns to whoever is near."""
        game = self.shell.game
        if game.thing is None and game.near is not None:
            game.talk.begin()
            self._open_wheel()
        else:
            game.use()

    def _turn_to_next(self) -> None:
        """The next villager in reach, from left to right."""
        game = self.shell.game
        reachable = [stem for stem in game.villagers if game.world.distance(stem) <= REACH]
        if not reachable:
            return
        partner = game.talk.partner.stem if game.talk.partner else ""
        place = reachable.index(partner) + 1 if partner in reachable else 0
        game.talk.begin(reachable[place % len(reachable)])

    # ------------------------------------------------------------ typing

    def _start_typing(self, key: int) -> None:
        if self.shell.game.talk.partner or self.shell.game.talk.begin():
            self.field.start()
            self._ignored = chr(key) if 32 <= key < 127 else ""  # the letter that opened the field is not part of it

    def _type(self, text: str) -> None:
        if self.field.open and text.lower() != self._ignored:
            self.field.insert(text)
        self._ignored = ""

    def _press_in_field(self, press: Press) -> None:
        if press.key in (pygame.K_RETURN, pygame.K_KP_ENTER) or (press.key == 0 and press.action is Action.USE):
            if line := self.field.take():
                self.shell.game.say(line)
        elif press.action is Action.MENU:
            self.field.leave()
        elif press.action is Action.OVERLAY:
            self.overlay = not self.overlay
        else:
            self.field.press(press.key)

    # ------------------------------------------------------------ the wheel

    def _open_wheel(self) -> None:
        game = self.shell.game
        if (game.talk.partner or game.talk.begin()) and game.intents:
            layout = self.shell.layout
            area = layout.village.inflate(-round(24 * layout.unit), -round(24 * layout.unit))
            self.wheel = Wheel(area, self.shell.typography, game.intents)

    def _press_in_wheel(self, press: Press, wheel: Wheel) -> None:
        number = press.key - pygame.K_1
        if 0 <= number < len(wheel.intents):
            wheel.chosen = number
            self._say_chosen(wheel)
            return
        match press.action:
            case Action.USE | Action.TYPE:
                self._say_chosen(wheel)
            case Action.WHEEL | Action.MENU | Action.HUSH:
                self.wheel = None
            case Action.TALK:
                self.wheel = None
                self.shell.game.talk.listen()
            case Action.NEXT:
                wheel.turn(1)
            case Action.UP | Action.DOWN | Action.LEFT | Action.RIGHT:
                wheel.lean(*self.shell.inputs.walking())

    def _point(self, at: tuple[int, int], wheel: Wheel, *, pressed: bool) -> None:
        number = wheel.at(at)
        if number is not None:
            wheel.chosen = number
            if pressed:
                self._say_chosen(wheel)
        elif pressed:
            self.wheel = None

    def _say_chosen(self, wheel: Wheel) -> None:
        self.wheel = None
        self.shell.game.choose(wheel.intents[wheel.chosen])

    # ------------------------------------------------------------ the frame

    def update(self, dt: float) -> None:
        """Walks, unless the keys mean something else now; sees whether the story has ended."""
        game = self.shell.game
        busy = self.field.open or self.wheel is not None
        across, down = (0.0, 0.0) if busy else self.shell.inputs.walking()
        game.walk(across, down, dt)
        if self.wheel is not None and game.talk.partner is None:
            self.wheel = None  # whom it was for is too far away by now
        self.hint = current_hint(self.shell)
        if game.story.ending != self._ended:
            self._ended = game.story.ending
            if game.ending:
                self.shell.open(EndingPage(self.shell, game.ending))

    def resize(self) -> None:
        """Everything is laid out anew."""
        self.wheel = None
        self.drawing.resize()

    def draw(self, window: pygame.Surface, *, fresh: bool) -> list[pygame.Rect]:
        """Draws what has changed since the last frame."""
        sight = Sight(self.addressed, self.field, self.wheel, self.hint, self.overlay)
        return self.drawing.draw(window, sight, fresh=fresh)

    @property
    def addressed(self) -> Villager | None:
        """Whose face is shown: whom the player talks to, else who speaks within hearing, else who is near."""
        game = self.shell.game
        if game.talk.partner:
            return game.talk.partner
        for stem, villager in game.villagers.items():
            if villager.npc.status != "idle" and game.world.heard_from(stem)[1] > 0.0:
                return villager
        return game.near

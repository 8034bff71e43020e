"""The settings: how one speaks, how loud and large, which key does what; and a microphone check with a level bar."""

from __future__ import annotations

from demo_game.actions import FIXED, Action
from demo_game.inputs import Input, Press
from demo_game.screens.menu import MenuPage, Row
from demo_game.shell import Shell


class SettingsPage(MenuPage):
    """What can be chosen; each choice holds at once, and is written when the page is left."""

    def __init__(self, shell: Shell) -> None:
        settings = shell.settings
        rows = [
            Row("Speaking", value=self._speaking, change=lambda _step: self._switch_microphone()),
            Row("Microphone", value=self._microphone, bar=self._level),
            Row("Volume of voices", value=lambda: f"{round(settings.volume * 100)} %", change=self._turn_volume),
            Row("Size of subtitles", value=lambda: settings.subtitle_size, change=settings.larger),
            Row("Keys …", use=lambda: shell.open(KeysPage(shell))),
            Row("Back", use=self.back),
        ]
        super().__init__(shell, "Settings", rows)

    def back(self) -> None:
        """Leaves the page."""
        self.shell.keep_settings()
        super().back()

    def _speaking(self) -> str:
        if self.shell.settings.open_microphone:
            return "just talk"
        return f"hold {self.shell.key(Action.TALK)}"

    def _switch_microphone(self) -> None:
        """Without a microphone it stays with the key."""
        talk = self.shell.game.talk
        talk.open_microphone(opened=not talk.hears_all)
        self.shell.settings.open_microphone = talk.hears_all

    def _microphone(self) -> str:
        microphone = self.shell.game.engine.microphone
        if microphone.problem:
            return "none found"
        return microphone.device_name or "say something"

    def _level(self) -> float:
        microphone = self.shell.game.engine.microphone
        return 0.0 if microphone.problem else microphone.level

    def _turn_volume(self, steps: int) -> None:
        self.shell.settings.louder(steps)
        self.shell.game.talk.volume = self.shell.settings.volume


class KeysPage(MenuPage):
    """Which key does what; choosing a row waits for the new key."""

    foot_height = 14.0

    def __init__(self, shell: Shell) -> None:
        self._waiting: Action | None = None
        rows = [self._row(action) for action in Action if action not in FIXED]
        super().__init__(shell, "Keys", [*rows, Row("Back", use=self.back)], row_height=26)

    def take(self, happened: Input) -> None:
        """The next key is the one wanted, unless it is the way out."""
        if self._waiting is None:
            super().take(happened)
        elif isinstance(happened, Press) and happened.key:
            self.shell.inputs.bindings.bind(self._waiting, happened.key)
            self._waiting = None

    def _row(self, action: Action) -> Row:
        def value() -> str:
            return "press a key …" if self._waiting is action else self.shell.inputs.bindings.name(action)

        def use() -> None:
            self._waiting = action

        return Row(action.value, use=use, value=value)

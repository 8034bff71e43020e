"""The menu over the game, which stands still below it; and saving and loading."""

from __future__ import annotations

from demo_game.save import SaveError
from demo_game.screens.menu import MenuPage, Row
from demo_game.screens.notebook import NotebookPage
from demo_game.screens.settings_page import SettingsPage
from demo_game.shell import Shell


class PausePage(MenuPage):
    """Go on, notebook, save, load, settings, leave."""

    def __init__(self, shell: Shell) -> None:
        self._said = ""
        rows = [
            Row("Go on", use=self.back),
            Row("Notebook", use=lambda: shell.open(NotebookPage(shell))),
            Row("Save", use=self._save, value=lambda: self._said),
            Row("Load", use=self._load),
            Row("Settings", use=lambda: shell.open(SettingsPage(shell))),
            Row("Leave the game", use=shell.leave),
        ]
        super().__init__(shell, "Oakhollow", rows)

    def _save(self) -> None:
        try:
            self.shell.game.save(self.shell.save_path)
        except SaveError as error:
            self._said = str(error)
        else:
            self._said = "saved"

    def _load(self) -> None:
        try:
            self.shell.game.load(self.shell.save_path)
        except SaveError as error:
            self.shell.game.notify(str(error))
        self.shell.close()

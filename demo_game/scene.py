"""Talking with one villager at a time: what is heard, shown and queued; knows no keys and no loop."""

from __future__ import annotations

from collections import deque

import npcengine
from demo_game.cast import Villager
from demo_game.text_field import TextField
from demo_game.village import Village

NOTICE_S = 7.0
"""How long a notice stays."""


class TalkScene:
    """The state of the game: whom one talks to, lines that wait for the models, and the village.

    Everything a player can do is one short method here, and every event of the engine has its case in `receive`.
    """

    def __init__(self, engine: npcengine.Engine, villagers: list[Villager], village: Village) -> None:
        self.engine = engine
        self.villagers = villagers
        self.village = village
        self.field = TextField()
        self.chosen = 0
        self.listening = False
        self.show_timings = False
        self.loading: tuple[str, float] | None = None if engine.ready else ("the models", 0.0)
        self.notice = ""
        self.time_s = 0.0
        self._notice_until_s = 0.0
        self._waiting: deque[tuple[Villager, str]] = deque()
        village.share(engine, [villager.npc for villager in villagers])
        self._warn(engine.speaker_problem)

    @property
    def villager(self) -> Villager:
        """Whom the player talks to."""
        return self.villagers[self.chosen]

    @property
    def waiting(self) -> int:
        """How many typed lines the villager in view will get as soon as the models are loaded."""
        return sum(1 for villager, _ in self._waiting if villager is self.villager)

    # ------------------------------------------------------------ what the player does

    def choose(self, index: int) -> None:
        """Turns to another villager, who greets at the first meeting; who was speaking falls silent."""
        index %= len(self.villagers)
        if index == self.chosen:
            return
        self.stop_listening()
        if self.villager.npc.status != "idle":
            self.villager.npc.interrupt()
        self.chosen = index
        self._greet()
        if self.hears_all:
            self.engine.focus(self.villager.npc)

    def listen(self) -> None:
        """The player holds the key to speak."""
        if self.engine.microphone.problem:
            self._warn(self.engine.microphone.problem)
        elif self.engine.ready and not self.listening:
            self.villager.greeted = True
            self.villager.heard = ""
            self.villager.npc.listen()
            self.listening = True
        elif not self.listening:
            self.notify("They are still waking up: you can type already, or speak in a moment.")

    def stop_listening(self) -> None:
        """The player lets go of it."""
        if self.listening:
            self.villager.npc.stop_listening()
            self.listening = False

    def switch_microphone(self) -> None:
        """Opens the microphone, so that the player talks without a key, or shuts it again."""
        if self.engine.microphone.problem:
            self._warn(self.engine.microphone.problem)
            return
        self.stop_listening()
        opened = not self.hears_all
        self.engine.microphone.mode = "open" if opened else "push_to_talk"
        self.engine.focus(self.villager.npc if opened else None)
        self.notify("The microphone is open: just talk." if opened else "Hold SPACE to speak.")

    @property
    def hears_all(self) -> bool:
        """Whether the microphone is open."""
        return self.engine.microphone.mode == "open"

    def send_line(self) -> None:
        """Says the typed line, at once or as soon as the models are loaded."""
        line = self.field.take()
        if not line:
            return
        self.villager.greeted = True
        self.villager.heard = line
        self.villager.last = npcengine.Subtitle()
        if self.engine.ready and not self._waiting:
            self.villager.npc.tell(line)
        else:
            self._waiting.append((self.villager, line))

    def hush(self) -> None:
        """Cuts the villager short."""
        self.villager.npc.interrupt()

    def reload(self) -> None:
        """Reads the files of all villagers again, for whoever is writing them."""
        for villager in self.villagers:
            villager.npc.reload()

    # ------------------------------------------------------------ what happens

    def update(self, dt: float) -> None:
        """One frame: lets the engine move on and takes in what happened."""
        self.time_s += dt
        for event in self.engine.update(dt):
            self.receive(event)
        self._tell_waiting()
        if self.time_s > self._notice_until_s:
            self.notice = ""

    def receive(self, event: npcengine.Event) -> None:
        """Reacts to one event of the engine; those that need no answer are left out."""
        match event:
            case npcengine.ModelProgress(what=what, fraction=fraction):
                self.loading = (what, fraction)
            case npcengine.EngineReady():
                self._wake()
            case npcengine.PlayerHeard(npc=npc, text=text):
                self._of(npc).heard = text
            case npcengine.NpcSpeaking(npc=npc):
                self._of(npc).last = npcengine.Subtitle()
            case npcengine.ActionRequested(npc=npc, name=name, args=args):
                self._carry_out(npc, name, dict(args))
            case npcengine.TurnFinished(npc=npc, text_heard=text):
                self._finish(self._of(npc), text)
            case npcengine.StageFailed(message=message, recovered=recovered):
                self.notify(message if not recovered else f"{message} (going on)")
            case npcengine.CharacterReloaded(npc=npc, problems=problems):
                self._tell_of_reload(npc, problems)

    def notify(self, text: str) -> None:
        """Shows one line for a while."""
        self.notice = text
        self._notice_until_s = self.time_s + NOTICE_S

    def _tell_of_reload(self, npc: npcengine.Npc, problems: tuple[str, ...]) -> None:
        """The first mistake is what its writer mends first; another's good news does not hide it."""
        if problems:
            self.notify(problems[0] + (f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""))
        elif not self.notice:
            self.notify(f"{npc.name} is now as the file says.")

    def _wake(self) -> None:
        self.loading = None
        self._greet()

    def _tell_waiting(self) -> None:
        """Hands on the next line that waited, once whom it is for has answered the one before."""
        if self._waiting and self.engine.ready and self._waiting[0][0].npc.status == "idle":
            villager, line = self._waiting.popleft()
            villager.heard = line
            villager.npc.tell(line)

    def _greet(self) -> None:
        villager = self.villager
        if self.engine.ready and not villager.greeted:
            villager.greeted = True
            villager.npc.greet()

    def _finish(self, villager: Villager, text: str) -> None:
        """Keeps what was heard to be read; whoever has been talked to is known to the others."""
        if text:
            villager.last = npcengine.Subtitle(text, text, villager.npc.name)
        self.village.flags.add(f"met_{villager.stem}")
        self._share()

    def _carry_out(self, npc: npcengine.Npc, action: str, args: dict[str, str]) -> None:
        shown, told = self.village.apply(npc.name, action, args)
        self._share()
        npc.notify(told.replace("{npc}", npc.name))
        self.notify(shown)

    def _share(self) -> None:
        self.village.share(self.engine, [villager.npc for villager in self.villagers])

    def _of(self, npc: npcengine.Npc) -> Villager:
        return next(villager for villager in self.villagers if villager.npc is npc)

    def _warn(self, problem: str | None) -> None:
        if problem:
            self.notify(problem)

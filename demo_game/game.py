"""The game itself: engine, world and story brought together, a method for each thing a player does; knows no window.

Every event of the engine has its case in `Game.receive`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import npcengine
from demo_game import endings, save, things, trust
from demo_game.cast import Villager
from demo_game.chronicle import Chronicle
from demo_game.director import Director
from demo_game.gifts import gift_of, offered
from demo_game.intents import Intent, intents
from demo_game.scenes import ENDING_SCENES, SUMMONED
from demo_game.story import Story
from demo_game.talk import Talk
from demo_game.world import World

NOTICE_S = 7.0
"""How long a notice stays."""

NEWS = {
    "gate": "The village gate stands open in broad daylight.",
    "crypt": "Brother Oswin has unlocked the crypt for a stranger.",
    "ferry": "The ferry has just crossed the river.",
}
"""What whoever stands near a change says something about, when nobody else wants the models."""


class Game:
    """One game being played.

    Attributes:
        engine: Runs the villagers.
        villagers: By the stem of their character file.
        world: Where everything is.
        story: What has happened.
        talk: With whom the player talks.
        chronicle: What comes of it.
        loading: What the brain loads and how much of all it loads is done (0–1); None once it is ready.
        notice: One line for the player, empty when there is none.
        heard: The player's last words as they were understood, and with what confidence (0–1).
        turn: The last answer that was finished, for whoever shows its timings and facts.
        paused: Whether everything stands still.
        watcher: Told every event of the engine after the game has taken it in; for logs.
        time_s: Seconds played.
    """

    def __init__(self, engine: npcengine.Engine, villagers: list[Villager]) -> None:
        self.engine = engine
        self.villagers = {villager.stem: villager for villager in villagers}
        self.world = World.with_people(self.villagers)
        self.story = Story()
        self.loading: tuple[str, float] | None = None if engine.ready else ("the models", 0.0)
        self.notice = ""
        self.heard: tuple[str, float] = ("", 1.0)
        self.turn: npcengine.TurnFinished | None = None
        self.paused = False
        self.watcher: Callable[[npcengine.Event], None] | None = None
        self.time_s = 0.0
        self._notice_until_s = 0.0
        self.talk = Talk(engine, self.villagers, self.world, notify=self.notify, walked_off=self._walked_off)
        self.chronicle = Chronicle(engine, self.villagers, self.world, self.story, notify=self.notify)
        self._director = Director(self.villagers, self.world)
        self._news: deque[tuple[str, str]] = deque()
        self._due_ending = ""
        self._leaving = False
        for villager in villagers:
            engine.earshot(villager.npc, partial(self._within_earshot, villager.stem))
        if engine.speaker_problem:
            self.notify(engine.speaker_problem)

    # ------------------------------------------------------------ what the player does

    def walk(self, across: float, down: float, dt: float) -> None:
        """Walks for this frame: −1 … 1 to the right and −1 … 1 downwards; call it every frame, with zeros to stand."""
        if not self.paused:
            self.world.walk(across, down, dt)

    def say(self, line: str) -> None:
        """Says a typed line to whom they talk to, or to whoever is nearest."""
        villager = self.talk.partner or self.talk.begin()
        if villager is None or not line.strip():
            return
        self._hush_others(villager)
        item = offered(line, self.story.inventory)
        if item and gift_of(villager.stem, item):
            villager.heard = line.strip()
            self.give(item)
        else:
            self.talk.tell(line)

    def choose(self, intent: Intent) -> None:
        """Takes a suggestion of the wheel."""
        if intent.item:
            self.give(intent.item)
        else:
            self.say(intent.line)
            self._leaving = intent.leaves

    def give(self, item: str) -> None:
        """Shows or gives something of the bag to whom they talk to, or to whoever is nearest."""
        villager = self.talk.partner or self.talk.begin()
        if villager is None or not self.story.has(item):
            return
        gift = gift_of(villager.stem, item)
        if villager.stem == "gerta" and item == "lantern" and endings.iron_forgets(self.story):
            self.story.lose(item)
            self._due_ending = "iron"
        elif gift:
            self.chronicle.hand_over(villager, item, gift)
        else:
            self.talk.tell(f"Look at this {item}.")

    def use(self) -> None:
        """Uses the thing that is near."""
        name = things.thing_near(self.world)
        if name is None:
            self.notify("There is nothing to use here.")
        elif name == "boat":
            self._cross()
        else:
            self.chronicle.use(name)

    def pause(self) -> None:
        """Everything stands still, voices too."""
        self.talk.stop_listening()
        self.paused = True
        self.engine.pause()

    def resume(self) -> None:
        """Everything goes on."""
        self.paused = False
        self.engine.resume()

    def save(self, path: Path) -> None:
        """Writes everything into one file.

        Raises:
            SaveError: The file can't be written.
        """
        greeted = [stem for stem, villager in self.villagers.items() if villager.greeted]
        parts = {"world": self.world.to_json(), "story": self.story.to_json(), "greeted": greeted}
        partner = self.talk.partner.stem if self.talk.partner else ""
        save.write(path, {"engine": self.engine.snapshot(), **parts, "partner": partner, "time_s": self.time_s})

    def load(self, path: Path) -> None:
        """Goes back to a saved game.

        Raises:
            SaveError: There is no save, or it is none of this game; then nothing has changed.
        """
        kept = save.read(path)
        self.talk.leave()
        self._director.drop()
        self._due_ending, self.talk.hushed = "", False
        self.engine.restore(kept["engine"])
        self.world.read_json(kept["world"])
        self.story.read_json(kept["story"])
        for stem, villager in self.villagers.items():
            villager.greeted = stem in kept["greeted"]
            villager.heard, villager.last = "", npcengine.Subtitle()
        self.time_s = float(kept["time_s"])
        if kept["partner"] in self.villagers:
            self.talk.begin(kept["partner"])
        self.chronicle.share()
        self.notify("You are back where you were.")

    # ------------------------------------------------------------ what there is to see

    @property
    def near(self) -> Villager | None:
        """Whom the player can talk to from where they stand."""
        stem = self.world.nearest()
        return self.villagers[stem] if stem else None

    @property
    def thing(self) -> things.Thing | None:
        """What the player can use from where they stand."""
        name = things.thing_near(self.world)
        return things.THINGS[name] if name else None

    @property
    def intents(self) -> list[Intent]:
        """Suggestions for the wheel: what to say to whom they talk to, or to whoever is nearest."""
        villager = self.talk.partner or self.near
        return intents(villager.stem, self.story) if villager else []

    @property
    def ending(self) -> endings.Ending | None:
        """The ending that was reached; None while the story goes on."""
        return endings.ENDINGS.get(self.story.ending)

    def trust(self, stem: str) -> int:
        """How far a villager trusts the player, 0–100."""
        return trust.within(float(self.villagers[stem].npc.state.get("trust", 0)))

    # ------------------------------------------------------------ what happens

    def update(self, dt: float) -> None:
        """One frame: lets the engine move on and takes in what happened."""
        for event in self.engine.update(dt):
            self.receive(event)
            if self.watcher:
                self.watcher(event)
        if self.paused:
            return
        self.time_s += dt
        self.world.update(dt)
        self.talk.update()
        self._begin_ending()
        quiet = self.engine.ready and self.talk.partner is None and not self.story.ending
        partner = self.talk.partner.stem if self.talk.partner else None
        self._director.update(dt, quiet=quiet, partner=partner)
        if quiet and not self._director.playing:
            self._look_up()
        if self.time_s > self._notice_until_s:
            self.notice = ""

    def receive(self, event: npcengine.Event) -> None:
        """Reacts to one event of the engine; those that need no answer are left out."""
        match event:
            case npcengine.ModelProgress(what=what, fraction=fraction):
                self.loading = (what, fraction)
            case npcengine.EngineReady():
                self.loading = None
            case npcengine.PlayerHeard(npc=npc, text=text, final=final, confidence=confidence):
                self._hear(self._of(npc), text, final=final, confidence=confidence)
            case npcengine.NpcSpeaking(npc=npc):
                self._of(npc).last = npcengine.Subtitle()
            case npcengine.NpcEmotion(npc=npc, emotion=emotion):
                self._of(npc).felt = emotion
            case npcengine.ActionRequested(npc=npc, name=name, args=args):
                self._carry_out(self._of(npc), name, args)
            case npcengine.TurnFinished(npc=npc):
                self._finish(self._of(npc), event)
            case npcengine.StageFailed(message=message, recovered=recovered):
                self.notify(message if not recovered else f"{message} (going on)")
            case npcengine.CharacterReloaded(npc=npc, problems=problems):
                self._tell_of_reload(npc, problems)

    def notify(self, text: str) -> None:
        """Shows one line for a while."""
        self.notice = text
        self._notice_until_s = self.time_s + NOTICE_S

    # ------------------------------------------------------------ steps

    def _hear(self, villager: Villager, text: str, *, final: bool, confidence: float) -> None:
        """What the player said; who offers something by voice is answered with the author's words."""
        villager.heard = text
        if not (final and text):
            return
        self.heard = (text, confidence)
        self._hush_others(villager)
        item = offered(text, self.story.inventory)
        if item and gift_of(villager.stem, item) and villager is self.talk.partner:
            self.give(item)

    def _finish(self, villager: Villager, turn: npcengine.TurnFinished) -> None:
        if turn.text_heard:
            villager.last = npcengine.Subtitle(turn.text_heard, turn.text_heard, villager.npc.name)
        if turn.player_text:
            self.turn = turn
            self.chronicle.finish(villager, turn)
            if self._leaving and villager is self.talk.partner:
                self.talk.leave()
            self._leaving = False
        villager.felt = None

    def _carry_out(self, villager: Villager, action: str, args: Mapping[str, str]) -> None:
        item = args.get("item", "none")
        if action == "give_item" and self.story.has(item):
            if gift := gift_of(villager.stem, item):
                self.chronicle.hand_over(villager, item, gift)
                return
            action = "take_item"
        outcome = self.chronicle.carry_out(villager, action, args)
        if not outcome.done:
            return
        if outcome.change == "ferry":
            self._cross()
        elif outcome.change == "confess":
            self._due_ending = "truth"
        elif outcome.change == "bell":
            self._ring()
        if outcome.change in NEWS:
            self._news.append((villager.stem, NEWS[outcome.change]))

    def _cross(self) -> None:
        """The ferry leaves with the player, and with its ferryman if he is there."""
        ferry, ferryman = self.world.ferry, self.world.people.get("aldo")
        if not ferry.moving:
            rows = ferryman is not None and ferryman.distance(ferry.spot) < 6.0
            ferry.cross([self.world.player, ferryman] if rows and ferryman else [self.world.player])

    def _ring(self) -> None:
        """The bell calls everybody to the green; it ends the story if there is something to tell them."""
        if endings.bell_tells_all(self.story):
            self._due_ending = "mercy"
            return
        places = endings.ENDINGS["mercy"].gathers
        self._director.gather_and_play(places, SUMMONED, lambda: self._send_home(places))

    def _send_home(self, stems: Mapping[str, str]) -> None:
        for stem in stems:
            if stem in self.villagers:
                self.world.send_home(stem)

    def _begin_ending(self) -> None:
        """The last scene begins as soon as nobody is in the middle of a sentence, or of the river."""
        due = self._due_ending
        if not due or self.world.ferry.moving or any(each.npc.status != "idle" for each in self.villagers.values()):
            return
        if due == "truth" and self.world.ferry.goal:
            self._cross()  # the forge is on the other bank
            return
        self._due_ending = ""
        self.talk.leave()
        self.talk.hushed = True
        gathers = endings.ENDINGS[due].gathers
        self._director.gather_and_play(gathers, ENDING_SCENES[due], partial(self._end, due))

    def _end(self, ending: str) -> None:
        self.talk.hushed = False
        self.story.ending = ending

    def _look_up(self) -> None:
        """With nobody speaking: whoever the player comes up to greets, and news is talked about."""
        if any(villager.npc.status != "idle" for villager in self.villagers.values()):
            return
        near = self.near
        if near and not near.greeted:
            self.world.people[near.stem].look_at(self.world.player.spot)
            self.talk.greet(near)
        elif self._news:
            stem, text = self._news.popleft()
            for witness in self.world.near(stem)[:1]:
                self.villagers[witness].npc.notify(text, react=True)

    def _hush_others(self, villager: Villager) -> None:
        """Whoever the player speaks to is heard alone."""
        self._director.give_way()
        for other in self.villagers.values():
            if other is not villager and other.npc.status == "speaking":
                other.npc.interrupt()

    def _within_earshot(self, stem: str) -> list[npcengine.Npc]:
        return [self.villagers[other].npc for other in self.world.near(stem)]

    def _walked_off(self, stem: str) -> None:
        villager = self.villagers[stem]
        self.chronicle.move_trust(villager, trust.Change(trust.WALKED_OFF, "you walked off"))
        villager.npc.notify(f"The player walked off while {villager.first_name} was speaking.")

    def _tell_of_reload(self, npc: npcengine.Npc, problems: tuple[str, ...]) -> None:
        """The first mistake is what its writer mends first; another's good news does not hide it."""
        if problems:
            self.notify(problems[0] + (f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""))
        elif not self.notice:
            self.notify(f"{npc.name} is now as the file says.")

    def _of(self, npc: npcengine.Npc) -> Villager:
        return next(villager for villager in self.villagers.values() if villager.npc is npc)

"""What comes of turns, gifts and deeds: trust, notebook, purse, and what conditions read; knows no window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import npcengine
from demo_game import effects, things, trust
from demo_game.cast import Villager
from demo_game.gifts import Gift
from demo_game.notebook import Entry, was_told
from demo_game.story import MENU, REMEDIES, Story
from demo_game.world import World


class Chronicle:
    """Writes down what happens, and lets the villagers know.

    Args:
        engine: Its `world` is kept up.
        villagers: By the stem of their character file.
        world: Changed by deeds.
        story: Changed by everything.
        notify: Shows the player a line.

    Attributes:
        new_entries: Notebook entries that the player has not looked at yet; whoever shows the notebook empties it.
    """

    def __init__(
        self,
        engine: npcengine.Engine,
        villagers: Mapping[str, Villager],
        world: World,
        story: Story,
        *,
        notify: Callable[[str], None],
    ) -> None:
        self.new_entries: list[Entry] = []
        self._engine = engine
        self._villagers = villagers
        self._world = world
        self._story = story
        self._notify = notify
        self.share()

    def share(self) -> None:
        """Lets all villagers know: the world's values, and what each one's own conditions read."""
        story, shared = self._story, self._engine.world
        knows = story.notebook.knows
        if knows("debt") or knows("dice"):
            story.flags.add("knows_debt")
        if knows("ferry"):
            story.flags.add("knows_ferry")
        shared["gold"], shared["inventory"] = story.gold, story.inventory
        shared["gate_open"] = self._world.gate_open
        shared["menu"], shared["remedies"] = MENU, REMEDIES
        for villager in self._villagers.values():
            state = villager.npc.state
            if "gold" in state:
                state["gold"] = story.gold
            for flag in story.flags & set(state):
                state[flag] = True

    def finish(self, villager: Villager, turn: npcengine.TurnFinished) -> None:
        """A villager has answered the player: notes what it told, and moves its trust."""
        self._story.flags.add(f"met_{villager.stem}")
        learnt = self._told(villager, turn)
        changes = trust.after_turn(
            villager.stem,
            turn.player_text,
            felt=villager.felt,
            learnt=len(learnt),
            counts=self._story.counts,
        )
        for change in changes:
            self.move_trust(villager, change)
        self._learn(learnt)
        self.share()

    def move_trust(self, villager: Villager, change: trust.Change) -> None:
        """A villager trusts the player more or less from now on."""
        state = villager.npc.state
        if "trust" in state:
            state["trust"] = trust.within(float(state["trust"]) + change.amount)
            villager.moved = change

    def carry_out(self, villager: Villager, action: str, args: Mapping[str, str]) -> effects.Outcome:
        """Does what a villager asked for, and tells it what came of it."""
        outcome = effects.carry_out(action, villager.first_name, args, self._story, self._world)
        if outcome.trust:
            self.move_trust(villager, trust.Change(outcome.trust, "you dealt with each other"))
        self._learn(outcome.learnt)
        if outcome.say:
            villager.npc.interrupt()  # before its first sound: the author's words fit what is being done
            villager.npc.say(outcome.say, outcome.emotion)
        villager.npc.notify(outcome.told)
        self._notify(outcome.shown)
        self.share()
        return outcome

    def hand_over(self, villager: Villager, item: str, gift: Gift) -> None:
        """The player shows or gives something: the villager speaks the author's words for it."""
        story = self._story
        if story.first_time(f"gave.{villager.stem}.{item}") and gift.trust:
            self.move_trust(villager, trust.Change(gift.trust, f"you showed the {item}"))
        if gift.keeps:
            story.lose(item)
        story.flags.update(gift.flags)
        self._learn([entry for clue in gift.clues if (entry := story.find(clue))])
        self.share()
        if villager.npc.status != "idle":
            villager.npc.interrupt()
        villager.npc.notify(gift.told)
        villager.npc.say(gift.say, gift.emotion)
        self._notify(f"You {'hand' if gift.keeps else 'show'} {villager.first_name} the {item}.")

    def use(self, name: str) -> None:
        """The player uses a thing of the village."""
        shown, learnt = things.use(name, self._story, self._world)
        stem, told = things.THINGS[name].told
        if stem in self._villagers and self._story.first_time(f"told.{name}"):
            self._villagers[stem].npc.notify(told)
            self.move_trust(self._villagers[stem], trust.Change(things.THINGS[name].trust, told))
        self._learn(learnt)
        self.share()
        self._notify(shown)

    def _told(self, villager: Villager, turn: npcengine.TurnFinished) -> list[Entry]:
        """What is new of the facts that the villager used, as far as they were heard."""
        facts = [fact for fact in villager.npc.persona.knowledge if fact.id in turn.knowledge_used]
        told = [fact for fact in facts if was_told(turn.text_heard, fact.say or "", fact.text)]
        notebook = self._story.notebook
        return [entry for fact in told for entry in notebook.tell(villager.stem, fact.id, turn.text_heard)]

    def _learn(self, entries: list[Entry]) -> None:
        self.new_entries += entries
        clue = next((entry for entry in entries if entry.thread), None)
        if clue:
            self._notify(f"Notebook: {clue.text}")

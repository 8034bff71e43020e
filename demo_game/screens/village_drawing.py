"""How the village's screen is drawn: which region shows what; takes no inputs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pygame

import npcengine
from demo_game.actions import Action
from demo_game.cast import Villager
from demo_game.looks import TRAVELLER
from demo_game.portrait.scenery import backdrop
from demo_game.shell import Shell
from demo_game.story import GOAL
from demo_game.text_field import TextField
from demo_game.typography import BACKGROUND, INK
from demo_game.views.card import Card, CardContent
from demo_game.views.dialogue_panel import METER_BLOCKS, DialoguePanel, PanelContent, typed
from demo_game.views.notice import Notice
from demo_game.views.overlay import Overlay
from demo_game.views.portrait_view import PortraitView, frame, frame_width
from demo_game.views.subtitle_view import SCALES
from demo_game.views.village_view import VillageView
from demo_game.views.wheel import Wheel

BEATS_PER_S = 2.5


@dataclass(frozen=True, slots=True)
class Sight:
    """What the screen itself knows and the game does not.

    Attributes:
        addressed: Whose face is shown; None when nobody is near.
        field: The line being typed.
        wheel: Things to say; None while it is shut.
        hint: What the player is told the first time.
        overlay: Whether a developer looks on.
    """

    addressed: Villager | None
    field: TextField
    wheel: Wheel | None
    hint: str
    overlay: bool


class VillageDrawing:
    """Everything that is kept for one size of the window."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._village = self._village_view(None)
        self._alone: pygame.Surface | None = None
        self._shown_stem = ""
        self._was_covered = False
        self._lay_out()

    def resize(self) -> None:
        """Lays everything out anew; a village of another size is painted while a scaled one stands in."""
        self._village = self._village_view(self._village)
        self._lay_out()

    def _village_view(self, before: VillageView | None) -> VillageView:
        shell = self._shell
        return VillageView(shell.game, shell.layout.tile, shell.typography, shell.workbench, before=before)

    def _lay_out(self) -> None:
        shell = self._shell
        layout, typography = shell.layout, shell.typography
        self._portrait = PortraitView(layout, shell.game.villagers.values(), shell.workbench)
        self._scale = SCALES[shell.settings.subtitle_size]
        self._panel = DialoguePanel(layout, typography, subtitle_scale=self._scale)
        self._card = Card(layout, typography)
        self._notice = Notice(layout.village.size, typography)
        self.overlay = Overlay(layout.village, typography)
        self._alone = None

    @property
    def painted(self) -> bool:
        """Whether the village's picture is finished."""
        return self._village.finished

    def draw(self, window: pygame.Surface, sight: Sight, *, fresh: bool) -> list[pygame.Rect]:
        """Draws what has changed since the last frame; gives those areas."""
        shell, layout = self._shell, self._shell.layout
        if self._scale != SCALES[shell.settings.subtitle_size]:
            self._scale = SCALES[shell.settings.subtitle_size]
            self._panel = DialoguePanel(layout, shell.typography, subtitle_scale=self._scale)
        if fresh:
            window.fill(BACKGROUND)
        return [
            *self._draw_village(window, sight, fresh=fresh),
            *self._draw_portrait(window, sight.addressed, fresh=fresh),
            *self._card.draw(window, self._card_content(sight.addressed), fresh=fresh),
            *self._panel.draw(window, self._panel_content(sight), fresh=fresh),
        ]

    def _draw_village(self, window: pygame.Surface, sight: Sight, *, fresh: bool) -> list[pygame.Rect]:
        """The village and what lies over it; below the wheel or the overlay it is drawn whole in every frame."""
        shell, area = self._shell, self._shell.layout.village
        if sight.addressed:
            self.overlay.note(sight.addressed.npc.face)
        covered = sight.overlay or sight.wheel is not None
        fresh = fresh or covered or self._was_covered
        self._was_covered = covered
        notice = "" if covered else shell.game.notice or sight.hint
        thin = frame_width(shell.layout.unit)
        inside = area.inflate(-2 * thin, -2 * thin)
        changed = self._village.draw(window, inside, notice=self._notice.sprite(notice), fresh=fresh)
        if sight.overlay:
            stats = shell.game.engine.stats
            self.overlay.draw(window, stats[-1] if stats else None)
        elif sight.wheel is not None:
            sight.wheel.draw(window, f"{shell.key(Action.USE)} says it   ·   {shell.key(Action.WHEEL)} closes")
        if fresh:
            frame(window, area, shell.layout.unit)
        return changed

    def _draw_portrait(self, window: pygame.Surface, villager: Villager | None, *, fresh: bool) -> list[pygame.Rect]:
        changed = (villager.stem if villager else "") != self._shown_stem
        self._shown_stem = villager.stem if villager else ""
        if villager is not None:
            return self._portrait.draw(window, villager, fresh=fresh or changed)
        if not (fresh or changed):
            return []
        layout = self._shell.layout
        if self._alone is None:
            self._alone = backdrop(TRAVELLER, layout.portrait.size)
        window.blit(self._alone, layout.portrait)
        row = pygame.Rect(layout.portrait.left, 0, layout.portrait.width, self._shell.typography.height(24))
        row.centery = layout.portrait.centery
        self._shell.typography.write(window, "Oakhollow", row, size=30, colour=INK, align="centre")
        frame(window, layout.portrait, layout.unit)
        return [layout.portrait]

    # ------------------------------------------------------------ what the panels show

    def _card_content(self, villager: Villager | None) -> CardContent:
        game = self._shell.game
        met = [each for each in game.villagers.values() if f"met_{each.stem}" in game.story.flags]
        shown = [villager] if villager else met[:4]
        moved = ""
        if villager and villager.moved:
            moved = f"Trust {villager.moved.amount:+d}: {villager.moved.why}"
        return CardContent(
            silver=game.story.gold,
            bag=tuple(game.story.inventory),
            clues=len(game.story.notebook.clues),
            news=len(game.chronicle.new_entries),
            notebook_key=self._shell.key(Action.NOTEBOOK),
            trust=tuple((f"{each.first_name} trusts you", game.trust(each.stem)) for each in shown),
            moved=moved,
        )

    def _panel_content(self, sight: Sight) -> PanelContent:
        game, villager = self._shell.game, sight.addressed
        microphone = game.engine.microphone
        listening = game.talk.listening or (game.talk.hears_all and game.talk.partner is not None)
        loading = game.loading
        content = PanelContent(
            level=round(microphone.level * METER_BLOCKS) if listening else None,
            loading=(loading[0], round(loading[1] * 100)) if loading else None,
            prompt=self._prompt(villager),
            field=typed(sight.field),
        )
        if villager is None:
            return replace(content, name="Your task", subtitle=npcengine.Subtitle(GOAL, GOAL, "You"))
        moving = villager.npc.status != "idle" or sight.field.open
        return replace(
            content,
            name=villager.npc.name,
            status=villager.npc.status,
            overheard=villager is not game.talk.partner and villager.npc.status == "speaking",
            heard=villager.heard,
            subtitle=villager.subtitle,
            waiting=game.talk.waiting > 0,
            beat=int(game.time_s * BEATS_PER_S) if moving else 0,
        )

    def _prompt(self, villager: Villager | None) -> str:
        """What the player can do now, by the keys' names."""
        shell, game = self._shell, self._shell.game
        ways = []
        if villager is not None:
            if game.engine.microphone.problem is None:
                ways.append("just talk" if game.talk.hears_all else f"hold {shell.key(Action.TALK)}: speak")
            if not shell.inputs.by_pad:
                ways.append(f"{shell.key(Action.TYPE)}: type")
            ways.append(f"{shell.key(Action.WHEEL)}: things to say")
        if game.thing is not None:
            ways.append(f"{shell.key(Action.USE)}: {game.thing.verb[0].lower()}{game.thing.verb[1:]}")
        if villager is None:
            walk = "left stick" if shell.inputs.by_pad else "arrows"
            ways += [f"{walk}: walk", f"{shell.key(Action.NOTEBOOK)}: notebook", f"{shell.key(Action.MENU)}: menu"]
        return "   ·   ".join(ways)

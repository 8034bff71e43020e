"""Draws the talking scene at one window size; knows no keys."""

from __future__ import annotations

import pygame

from demo_game.dialogue_panel import DialoguePanel, PanelContent
from demo_game.layout import Layout, lay_out
from demo_game.looks import Look
from demo_game.overlay import draw_card, timing_lines, village_lines
from demo_game.portrait.scenery import stage
from demo_game.portraits import Portraits
from demo_game.scene import TalkScene
from demo_game.typography import INK, PANEL, Typography


class SceneView:
    """Everything that is kept for one window size; a new size needs a new view."""

    def __init__(self, scene: TalkScene, size: tuple[int, int]) -> None:
        self.layout = lay_out(size, len(scene.villagers))
        self._scene = scene
        self._type = Typography(self.layout.unit)
        self.portraits = Portraits(scene.villagers, self.layout, self._type)
        self._panel = DialoguePanel(self.layout, self._type)
        self._stages: dict[Look, pygame.Surface] = {}

    def draw(self, surface: pygame.Surface) -> None:
        """One frame: the still picture, the head, then what is written over them."""
        scene, layout = self._scene, self.layout
        villager = scene.villager
        surface.blit(self._stage(villager.rig.look), (0, 0))
        surface.set_clip(pygame.Rect(0, 0, layout.stage.width, layout.dialogue.top))
        origin = self._leaning(layout)
        villager.rig.draw(surface, villager.npc.face, origin=origin, scale=layout.face_scale)
        surface.set_clip(None)
        self.portraits.draw(surface, scene.chosen)
        self._panel.draw(surface, self._content(), scene.field)
        draw_card(surface, layout.village, village_lines(scene.village), title="Oakhollow", typography=self._type)
        if scene.show_timings:
            lines = timing_lines(scene.engine.stats)
            draw_card(surface, layout.overlay, lines, title="Last turn", typography=self._type)
        if scene.notice:
            self._draw_notice(surface, scene.notice)
        if villager.npc.status == "idle":
            self._paint_ahead()

    def _leaning(self, layout: Layout) -> tuple[float, float]:
        """Where the head is: a little nearer the player while listening, a little back while thinking."""
        lean = {"listening": 0.035, "thinking": -0.015}.get(self._scene.villager.npc.status, 0.0)
        return layout.eyes[0], layout.eyes[1] + lean * layout.face_scale

    def _paint_ahead(self) -> None:
        """Paints one still picture that is missing, while nobody speaks: choosing someone then takes no time."""
        missing = [villager.rig.look for villager in self._scene.villagers if villager.rig.look not in self._stages]
        if missing and self.portraits.complete:
            self._stage(missing[0])

    def _stage(self, look: Look) -> pygame.Surface:
        if look not in self._stages:
            layout = self.layout
            picture = stage(look, layout.stage.size, origin=layout.eyes, scale=layout.face_scale)
            shade = pygame.Surface(layout.stage.size, pygame.SRCALPHA, 32)
            pygame.draw.rect(shade, (*PANEL, 236), layout.dialogue, border_radius=round(14 * layout.unit))
            picture.blit(shade, (0, 0))
            self._stages[look] = picture.convert() if pygame.display.get_surface() else picture
        return self._stages[look]

    def _content(self) -> PanelContent:
        scene = self._scene
        npc, microphone = scene.villager.npc, scene.engine.microphone
        return PanelContent(
            name=npc.name,
            status=npc.status,
            heard=scene.villager.heard,
            subtitle=scene.villager.subtitle,
            level=microphone.level if scene.listening else None,
            loading=scene.loading,
            waiting=scene.waiting,
            can_speak=microphone.problem is None,
            time_s=scene.time_s,
        )

    def _draw_notice(self, surface: pygame.Surface, text: str) -> None:
        area = self.layout.notice
        text = self._type.fitted(text, 18, area.width - area.height)
        ground = pygame.Rect(0, 0, self._type.width(text, 18) + area.height, area.height)
        ground.center = area.center
        pygame.draw.rect(surface, PANEL, ground, border_radius=area.height // 2)
        self._type.write(surface, text, ground, size=18, colour=INK, align="centre")

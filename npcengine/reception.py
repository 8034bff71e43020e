"""What a report of the brain does to the turn it is about, and which events tell the game; knows no other turn."""

from __future__ import annotations

from npcengine import events
from npcengine.audio.playback import Piece
from npcengine.brain.messages import Acted, Felt, FirstToken, Replied, Report, Spoken, Transcribed, Voiced
from npcengine.expression import Expression
from npcengine.npc import Npc
from npcengine.open_turn import OpenTurn
from npcengine.surroundings import Surroundings
from npcengine.types import ActionCall, Emotion


class Reception:
    """Takes in what the brain tells about one character's turns."""

    def __init__(self, npc: Npc, expression: Expression, around: Surroundings) -> None:
        self._npc = npc
        self._expression = expression
        self._around = around

    def take_in(self, opened: OpenTurn, report: Report, at_s: float) -> None:
        """Notes a report about `opened` that came at `at_s` (seconds on the engine's clock)."""
        match report:
            case Transcribed():
                self._understand(opened, report, at_s)
            case FirstToken():
                opened.first_token_ms = report.took_ms
            case Felt():
                self._feel(report.emotion)
            case Acted():
                self._act(opened, report.call)
            case Spoken():
                self._speak(opened, report, at_s)
            case Replied():
                opened.reply = report
            case Voiced():
                opened.voiced = True
            case _:
                pass

    def end_input(self, opened: OpenTurn, at_s: float) -> None:
        """The player's input ended at `at_s`: the character thinks."""
        opened.listening = False
        opened.input_ended_s = at_s
        self._around.emit(events.NpcThinking(self._npc))

    def end(self, opened: OpenTurn, *, interrupted: bool) -> None:
        """The character has fallen silent."""
        reply = opened.reply
        self._around.emit(
            events.TurnFinished(
                self._npc,
                opened.playback.heard_text(),
                interrupted,
                opened.timings,
                text=reply.text if reply else opened.playback.text,
                source=reply.source if reply else "model",
                knowledge_used=opened.used,
                player_text=opened.player_text,
                confidence=opened.confidence,
                prompt=reply.prompt if reply else "",
            )
        )

    def _understand(self, opened: OpenTurn, report: Transcribed, at_s: float) -> None:
        self._around.emit(events.PlayerHeard(self._npc, report.text, report.final, report.confidence))
        opened.partial_text = report.text
        if not report.final:
            return
        opened.player_text, opened.confidence = report.text, report.confidence
        opened.stt_ms = report.took_ms
        opened.heard_sound.clear()
        if not report.text:
            opened.listening = False
            opened.empty = True
        elif opened.open_microphone:
            self.end_input(opened, at_s - report.took_ms / 1000.0)

    def _feel(self, emotion: Emotion) -> None:
        self._expression.feel(emotion)
        self._around.emit(events.NpcEmotion(self._npc, emotion))

    def _act(self, opened: OpenTurn, call: ActionCall) -> None:
        """A question asked again after a brain's death must not take the player's silver twice."""
        if call not in opened.acted:
            opened.acted.append(call)
            self._around.emit(events.ActionRequested(self._npc, call.name, call.args))

    def _speak(self, opened: OpenTurn, report: Spoken, at_s: float) -> None:
        if opened.input_ended_s is not None:
            opened.sounds(after_ms=(at_s - opened.input_ended_s) * 1000.0, filler=report.filler)
        opened.playback.add(Piece(report.text, report.pcm, report.words, report.curves))
        self._around.emit(events.NpcSpeaking(self._npc, report.text))

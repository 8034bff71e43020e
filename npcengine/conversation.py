"""One character's talk as the game's side holds it: its turn, its memory, its face; never waits, knows no model.

What must not be lost lives here and not in the brain: memory, state, and the question that is still unanswered.
"""

from __future__ import annotations

from collections import deque
from difflib import get_close_matches

from npcengine import events
from npcengine.audio.playback import Piece, Playback
from npcengine.brain.messages import (
    Acted,
    Ask,
    Cancel,
    Command,
    Context,
    Felt,
    FirstToken,
    Listen,
    MicrophoneBlock,
    Recollect,
    Recontext,
    Replied,
    Report,
    Say,
    Spawn,
    Spoken,
    StopListening,
    Transcribed,
    UtteranceStarted,
    Voiced,
)
from npcengine.errors import ConfigError
from npcengine.expression import Expression
from npcengine.mind.memory import Exchange, Memory
from npcengine.npc import Npc
from npcengine.open_turn import OpenTurn, requests
from npcengine.persona import Persona
from npcengine.state import CharacterState
from npcengine.surroundings import Surroundings
from npcengine.types import EMOTIONS, ActionCall, Emotion, Face, Status, Subtitle, Turn

_KEPT_EXCHANGES = 500


class Conversation:
    """Turns of one character, one at a time."""

    def __init__(self, number: int, persona: Persona, key: str, around: Surroundings) -> None:
        self.number = number
        self.persona = persona
        self.state = CharacterState(persona.state, persona.name)
        self.memory = Memory()
        self.npc = Npc(self, key)
        self.current: OpenTurn | None = None
        self.last: OpenTurn | None = None
        self._around = around
        self._known_to_brain = False
        self._gone = False
        self._scripted: deque[tuple[str, Emotion]] = deque()
        self._awaited: Turn | None = None  # the turn that the open microphone's next utterance gets
        self._expression = Expression(persona, number)
        self._place = (0.0, 1.0)

    # ------------------------------------------------------------ what the player and the game do

    def listen(self) -> None:
        """The player holds the key."""
        if self.current and self.current.listening:
            return
        if self._gone:
            return
        self.interrupt()
        opened = self._open(listening=True)
        self._around.attend(self.number)
        self._send(Listen(opened.turn.number, self.number, self._context()))

    def stop_listening(self) -> None:
        """The player lets the key go."""
        opened = self.current
        if opened is None or not opened.listening or opened.open_microphone:
            return
        self._end_input(opened)
        self._send(StopListening(opened.turn.number, self.number, self._context()))

    def tell(self, text: str) -> None:
        """The player typed."""
        if text.strip():
            self._ask(player_text=text.strip())

    def notify(self, text: str, *, react: bool) -> None:
        """The world changed."""
        happened = text.strip()
        if not happened:
            return
        self.memory = self.memory.noting(happened, keep=self.persona.memory.facts)
        if react:
            self._ask(event=happened)

    def say(self, text: str, emotion: Emotion | None) -> None:
        """The author speaks through the character; in line behind what it is saying."""
        if emotion is not None and emotion not in EMOTIONS:
            near = get_close_matches(emotion, EMOTIONS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"{self.persona.name} can't feel {emotion!r}: choose one of {', '.join(EMOTIONS)}{hint}")
        if self._gone or not text.strip():
            return
        self._scripted.append((text.strip(), emotion or self.mood))
        if self.current is None:
            self._start_scripted()

    def interrupt(self) -> None:
        """Silence, at once; what was not heard was not said."""
        self._scripted.clear()
        if self.current:
            self.current.turn.cancelled = True
            self._send(Cancel(self.current.turn.number))
            self._finish(interrupted=True)

    def place(self, pan: float, volume: float) -> None:
        """Moves the voice."""
        self._place = (pan, volume)
        if self.current:
            self.current.playback.place(pan, volume)

    def await_utterance(self) -> None:
        """The open microphone is this character's: what is heard next belongs to a turn of it."""
        self._awaited = Turn(self._around.next_turn(), self.number)
        self._send(Listen(self._awaited.number, self.number, self._context(), open_microphone=True))

    @property
    def awaiting(self) -> bool:
        """Whether the open microphone is this character's."""
        return self._awaited is not None

    def ignore_microphone(self) -> None:
        """The open microphone is nobody's, or another's."""
        if self._awaited:
            self._send(Cancel(self._awaited.number))
            self._awaited = None

    def introduce(self) -> None:
        """Tells the brain who this is, so that it can read the character's file ahead of time."""
        if not self._known_to_brain:
            self._known_to_brain = True
            self._around.send(Spawn(self.number, self.persona))

    # ------------------------------------------------------------ what comes back

    def keep(self, block: MicrophoneBlock) -> None:
        """Sound from the microphone, kept while this character listens; called from the capture's thread."""
        if (opened := self.current) and opened.listening:
            opened.heard_sound.append(block)

    def receive(self, report: Report, at_s: float) -> None:
        """A report of the brain about this character; one about a turn that is over is stale and dropped."""
        if isinstance(report, UtteranceStarted):
            self._begin_utterance(report)
        opened = self.current
        if opened is None or getattr(report, "turn", 0) != opened.turn.number:
            return
        match report:
            case Transcribed():
                self._understand(opened, report)
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

    def update(self) -> None:
        """One frame: feeds the speaker, and ends the turn when its last sample has been heard."""
        opened = self.current
        if opened is None:
            return
        opened.playback.feed()
        if opened.playback.silenced:
            self.interrupt()
        elif opened.over:
            self._finish(interrupted=False)

    def resume(self) -> None:
        """A new brain knows nothing: says again who this is and what is still unanswered."""
        if not self._known_to_brain:
            return
        self._around.send(Spawn(self.number, self.persona))
        opened = self.current
        if opened and opened.playback.begun:
            opened.voiced = True  # the rest of the reply died with the old brain
        elif opened and opened.repeated:
            self._finish(interrupted=True)
        elif opened:
            opened.repeated = True
            for request in requests(opened, self.number, self._context()):
                self._around.send(request)
        if self._awaited and opened is None:
            self.await_utterance()

    def abandon(self) -> None:
        """No brain will answer any more."""
        if self.current and not self.current.playback.begun:
            self._finish(interrupted=True)
        elif self.current:
            self.current.voiced = True

    @property
    def memory_so_far(self) -> Memory:
        """With what has been said and heard of a turn that is not over."""
        opened = self.current
        heard = opened.playback.heard_text() if opened else ""
        if opened is None or not (opened.player_text or heard):
            return self.memory
        return self.memory.after(Exchange(opened.player_text, heard, interrupted=True), keep=_KEPT_EXCHANGES)

    def leave(self) -> None:
        """The character is gone; its handle does nothing any more."""
        self.interrupt()
        self.ignore_microphone()
        self._gone = True

    def drop_open_utterance(self) -> None:
        """The open microphone was closed while the player spoke into it."""
        if self.current and self.current.listening and self.current.open_microphone:
            self.interrupt()

    def reset(self, memory: Memory) -> None:
        """Goes back to a saved memory; an open turn never was."""
        self.interrupt()
        self.memory = memory

    # ------------------------------------------------------------ what a game looks at

    @property
    def status(self) -> Status:
        """Idle when no turn is open."""
        return self.current.status if self.current else "idle"

    @property
    def mood(self) -> Emotion:
        """The last reply's emotion for a while, then the resting one."""
        return self._expression.mood(self._around.clock.now(), talking=self.current is not None)

    @property
    def subtitle(self) -> Subtitle:
        """The reply as far as it is known; before it, what the player was understood to say."""
        opened = self.current
        if opened is None:
            return Subtitle()
        if opened.playback.begun:
            return Subtitle(opened.playback.text, opened.playback.heard_text(), self.persona.name)
        return Subtitle(opened.player_text, opened.player_text, "You") if opened.player_text else Subtitle()

    @property
    def face(self) -> Face:
        """Its face at the sample being heard."""
        playback = self.current.playback if self.current else None
        return self._expression.face(self._around.frame_time_s(), self.status, self.mood, playback)

    # ------------------------------------------------------------ steps

    def _ask(self, *, player_text: str = "", event: str = "") -> None:
        if self._gone:
            return
        self.interrupt()
        opened = self._open(player_text=player_text, event=event)
        self._end_input(opened)
        self._send(Ask(opened.turn.number, self.number, player_text, self._context(), event))

    def _start_scripted(self) -> None:
        text, emotion = self._scripted.popleft()
        opened = self._open(scripted=(text, emotion))
        opened.input_ended_s = self._around.clock.now()
        self._send(Say(opened.turn.number, self.number, text, emotion))

    def _open(
        self,
        *,
        listening: bool = False,
        player_text: str = "",
        event: str = "",
        scripted: tuple[str, Emotion] | None = None,
    ) -> OpenTurn:
        self.ignore_microphone()
        turn = Turn(self._around.next_turn(), self.number)
        return self._enter(OpenTurn(turn, self._playback(), player_text, event, scripted=scripted, listening=listening))

    def _enter(self, opened: OpenTurn) -> OpenTurn:
        self.current = opened
        self._around.activated(self.number)
        return opened

    def _playback(self) -> Playback:
        playback = Playback(self._around.speaker.line())
        playback.place(*self._place)
        return playback

    def _end_input(self, opened: OpenTurn) -> None:
        opened.listening = False
        opened.input_ended_s = self._around.clock.now()
        self._around.emit(events.NpcThinking(self.npc))

    def _begin_utterance(self, report: UtteranceStarted) -> None:
        if self._awaited is None or report.turn != self._awaited.number:
            return
        turn, self._awaited = self._awaited, None
        self.interrupt()
        self._enter(OpenTurn(turn, self._playback(), listening=True, open_microphone=True))
        self._send(Recontext(turn.number, self.number, self._context()))

    def _understand(self, opened: OpenTurn, report: Transcribed) -> None:
        self._around.emit(events.PlayerHeard(self.npc, report.text, report.final, report.confidence))
        opened.player_text = report.text
        if not report.final:
            return
        if opened.open_microphone:
            self._end_input(opened)
        opened.heard_sound.clear()
        opened.stt_ms = report.took_ms
        if not report.text:
            self._close()

    def _feel(self, emotion: Emotion) -> None:
        self._expression.feel(emotion, self._around.clock.now())
        self._around.emit(events.NpcEmotion(self.npc, emotion))

    def _act(self, opened: OpenTurn, call: ActionCall) -> None:
        """A question asked again after a brain's death must not take the player's silver twice."""
        if call not in opened.acted:
            opened.acted.append(call)
            self._around.emit(events.ActionRequested(self.npc, call.name, call.args))

    def _speak(self, opened: OpenTurn, report: Spoken, at_s: float) -> None:
        if opened.first_audio_ms is None and opened.input_ended_s is not None:
            opened.first_audio_ms = (at_s - opened.input_ended_s) * 1000.0
        opened.playback.add(Piece(report.text, report.pcm, report.words, report.curves))
        self._around.emit(events.NpcSpeaking(self.npc, report.text))

    def _finish(self, *, interrupted: bool) -> None:
        """Ends the turn; memory keeps what was heard of it."""
        opened = self.current
        if opened is None:
            return
        opened.playback.stop()
        heard = opened.playback.heard_text()
        if opened.player_text or heard:
            exchange = Exchange(opened.player_text, heard, interrupted=interrupted, emotion=self.mood)
            self.memory = self.memory.after(exchange, keep=_KEPT_EXCHANGES)
            self._around.send(Recollect(self.number, self._recent_memory()))
        self._expression.linger(self._around.clock.now())
        reply = opened.reply
        self._around.emit(
            events.TurnFinished(
                self.npc,
                heard,
                interrupted,
                opened.timings,
                text=reply.text if reply else opened.playback.text,
                source=reply.source if reply else "model",
                knowledge_used=reply.knowledge_used if reply else (),
                player_text=opened.player_text,
            )
        )
        self._close()

    def _close(self) -> None:
        self.last, self.current = self.current, None
        if self._scripted:
            self._start_scripted()

    def _send(self, command: Command) -> None:
        self.introduce()
        self._around.send(command)

    def _context(self) -> Context:
        return Context(self._recent_memory(), self.state.copy(), self._around.world.copy())

    def _recent_memory(self) -> Memory:
        """Twice as many exchanges as the file wants kept: the mind cuts in halves, so that it cuts seldom."""
        kept = 2 * self.persona.memory.turns
        return Memory(self.memory.exchanges[-kept:] if kept else (), self.memory.notes)

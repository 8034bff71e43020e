"""One character's talk as the game's side holds it: its turn, its memory, its face; never waits, knows no model.

What must not be lost lives here and not in the brain: memory, state, and the question that is still unanswered.
"""

from __future__ import annotations

from collections import deque

from npcengine import events
from npcengine.audio.playback import Playback
from npcengine.brain.messages import (
    Ask,
    Cancel,
    Command,
    Context,
    Listen,
    MicrophoneBlock,
    Recontext,
    Report,
    Say,
    Spawn,
    StopListening,
    Transcribed,
    UtteranceStarted,
)
from npcengine.errors import ConfigError
from npcengine.expression import Expression, known_emotion
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mood import Mood
from npcengine.npc import Npc
from npcengine.open_ear import OpenEar, takes_turn
from npcengine.open_turn import OpenTurn, requests
from npcengine.persona import Persona
from npcengine.reception import Reception
from npcengine.recollection import Recollection
from npcengine.state import CharacterState
from npcengine.surroundings import Surroundings
from npcengine.types import Emotion, Face, Status, Subtitle, Turn


class Conversation:
    """Turns of one character, one at a time."""

    def __init__(self, number: int, persona: Persona, key: str, around: Surroundings) -> None:
        self.number = number
        self.persona = persona
        self.state = CharacterState(persona.state, persona.name)
        self.npc = Npc(self, key)
        self.current: OpenTurn | None = None
        self._around = around
        self._known_to_brain = False
        self._gone = False
        self._scripted: deque[tuple[str, Emotion]] = deque()
        self._ear = OpenEar(number, self._send)
        self._expression = Expression(persona, number)
        self._reception = Reception(self.npc, self._expression, around)
        self._recollection = Recollection(number, lambda: self.persona, around)
        self._place = (0.0, 1.0)

    # ------------------------------------------------------------ what the player and the game do

    def listen(self) -> None:
        """The player holds the key; what they have just said and nobody has answered is said again with it."""
        before = self.current
        if self._gone or (before and before.listening):
            return
        unanswered, sound = "", tuple[MicrophoneBlock, ...]()
        if before and before.waits_for_answer:
            unanswered, sound = before.player_text, tuple(before.heard_sound)
        self._yield_floor(carried=bool(unanswered or sound))
        opened = self._open(listening=True, unanswered=unanswered)
        opened.heard_sound.extend(sound)
        self._around.attend(self.number)
        self._send(Listen(opened.turn.number, self.number, self._context(), unanswered=unanswered))
        for block in sound:
            self._send(block)

    def stop_listening(self) -> None:
        """The player lets the key go."""
        opened = self.current
        if opened is None or not opened.listening or opened.open_microphone:
            return
        self._reception.end_input(opened, self._around.clock.now())
        self._send(StopListening(opened.turn.number, self.number, self._context()))

    def tell(self, text: str) -> None:
        """The player typed."""
        if text.strip():
            self._ask(player_text=text.strip())

    def notify(self, text: str, *, react: bool) -> None:
        """The world changed."""
        if happened := text.strip():
            self._remembered(self._recollection.note(happened, "event"))
        if happened and react:
            self._ask(event=happened)

    def say(self, text: str, emotion: Emotion | None) -> None:
        """The author speaks through the character; in line behind what it is saying."""
        emotion = known_emotion(emotion, self.persona.name) if emotion is not None else self.mood
        if self._gone or not text.strip():
            return
        self._scripted.append((text.strip(), emotion))
        if self.current is None:
            self._start_scripted()

    def remember(self, text: str) -> None:
        """The game tells a fact."""
        self._remembered(self._recollection.note(text, "told"))

    def forget(self) -> None:
        """Nothing was ever said."""
        self._recollection.replace(Memory())
        self._remembered()

    def witness(self, exchange: Exchange) -> None:
        """The player and another character spoke within earshot."""
        self._recollection.overhear(exchange)
        self._remembered()

    def interrupt(self) -> None:
        """Silence, at once; what was not heard was not said."""
        self._yield_floor()

    def place(self, pan: float, volume: float) -> None:
        """Moves the voice."""
        self._place = (pan, volume)
        if self.current:
            self.current.playback.place(pan, volume)

    def await_utterance(self) -> None:
        """The open microphone is this character's: what is heard next belongs to a turn of it."""
        self._ear.wait(Turn(self._around.next_turn(), self.number), self._context())

    @property
    def hears(self) -> bool:
        """Whether the microphone is this character's already, by key or open."""
        return self._ear.busy or bool(self.current and self.current.listening)

    def ignore_microphone(self) -> None:
        """The open microphone is nobody's, or another's."""
        if self._ear.close():
            self._go_on()

    def reload(self) -> None:
        """Has the character's file read again; what comes of it goes to `become`."""
        if not self._gone and not self._around.reload(self.number):
            raise ConfigError(f"{self.persona.name} has no file to reload: give its path to Engine.spawn")

    def become(self, persona: Persona) -> None:
        """The file says something else now: it is this from its next reply on, and what it is saying goes on."""
        self.persona = persona
        self.state.redeclare(persona.state, persona.name)
        self._expression.become(persona)
        if self._known_to_brain:
            self._around.send(Spawn(self.number, persona))
            self._recollection.read_ahead()

    def introduce(self) -> None:
        """Tells the brain who this is, so that it can read the character's file ahead of time."""
        if not self._known_to_brain:
            self._known_to_brain = True
            self._around.send(Spawn(self.number, self.persona))

    # ------------------------------------------------------------ what comes back

    def keep(self, block: MicrophoneBlock) -> None:
        """Sound from the microphone, kept while this character listens; called from the capture's thread."""
        for opened in (self.current, self._ear.incoming):
            if opened and opened.listening:
                opened.heard_sound.append(block)

    def receive(self, report: Report, at_s: float) -> None:
        """A report of the brain about this character; one about a turn that is over is stale and dropped."""
        if isinstance(report, UtteranceStarted):
            self._begin_utterance(report)
        incoming, opened = self._ear.incoming, self.current
        number = getattr(report, "turn", 0)
        if isinstance(report, Transcribed) and incoming and incoming.turn.number == number:
            self._overhear(incoming, report, at_s)
        elif opened and opened.turn.number == number:
            self._reception.take_in(opened, report, at_s)
            if opened.empty:
                self._close()

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
        self._ear.forget()
        self._go_on()

    def abandon(self) -> None:
        """No brain will answer any more."""
        if self.current and not self.current.playback.begun:
            self._finish(interrupted=True)
        elif self.current:
            self.current.voiced = True

    @property
    def memory(self) -> Memory:
        """What was said and heard in turns that are over, and what is known besides."""
        return self._recollection.memory

    @property
    def memory_so_far(self) -> Memory:
        """With what has been said and heard of turns that are not over."""
        return self._recollection.so_far(self.being_said, self.current.used if self.current else ())

    @property
    def being_said(self) -> Exchange | None:
        """The open turn as it has been heard so far."""
        return self.current.exchange(interrupted=True) if self.current else None

    @property
    def kept_mood(self) -> Mood:
        """What a save keeps of its mood."""
        return self._expression.kept(self._around.frame_time_s())

    def leave(self) -> None:
        """The character is gone; its handle does nothing any more."""
        self.interrupt()
        self._gone = True

    def drop_open_utterance(self) -> None:
        """The open microphone was closed while the player spoke into it."""
        if self.current and self.current.listening and self.current.open_microphone:
            self.interrupt()

    def reset(self, memory: Memory, mood: Mood) -> None:
        """Goes back to a saved memory and mood; an open turn never was."""
        self.interrupt()
        self._recollection.replace(memory)
        self._expression.restore(mood, self._around.frame_time_s())

    # ------------------------------------------------------------ what a game looks at

    @property
    def status(self) -> Status:
        """Idle when no turn is open."""
        if self._ear.incoming:
            return "listening"
        return self.current.status if self.current else "idle"

    @property
    def mood(self) -> Emotion:
        """What it says itself feels so; then what is left of what moved it; else its resting emotion."""
        return self._expression.mood(self._around.frame_time_s())

    @property
    def subtitle(self) -> Subtitle:
        """What the player is saying, or else the reply as far as it is known."""
        incoming = self._ear.incoming
        opened = incoming if incoming and incoming.partial_text else self.current
        return opened.subtitle(self.persona.name) if opened else Subtitle()

    @property
    def face(self) -> Face:
        """Its face at the sample being heard."""
        playback = self.current.playback if self.current else None
        return self._expression.face(self._around.frame_time_s(), self.status, self.mood, playback)

    # ------------------------------------------------------------ steps

    def _ask(self, *, player_text: str = "", event: str = "") -> None:
        if self._gone:
            return
        self._yield_floor()
        opened = self._open(player_text=player_text, event=event)
        self._reception.end_input(opened, self._around.clock.now())
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
        unanswered: str = "",
        event: str = "",
        scripted: tuple[str, Emotion] | None = None,
    ) -> OpenTurn:
        turn = Turn(self._around.next_turn(), self.number)
        opened = OpenTurn(turn, self._playback(), player_text, unanswered=unanswered, event=event, scripted=scripted)
        opened.listening = listening
        return self._enter(opened)

    def _enter(self, opened: OpenTurn) -> OpenTurn:
        self.current = opened
        self._around.activated(self.number)
        return opened

    def _playback(self) -> Playback:
        playback = Playback(self._around.speaker.line())
        playback.place(*self._place)
        return playback

    def _begin_utterance(self, report: UtteranceStarted) -> None:
        """The player speaks up; a character that is busy stands still until it is clear what that is."""
        turn = self._ear.begin(report)
        if turn is None:
            return
        incoming = OpenTurn(turn, self._playback(), listening=True, open_microphone=True)
        busy = self.current
        if busy is None:
            self._enter(incoming)
            self._send(Recontext(turn.number, self.number, self._context()))
            return
        busy.playback.hold()
        incoming.unanswered = busy.player_text if busy.waits_for_answer else ""
        context = self._context(self.memory if incoming.unanswered else self.memory_so_far)
        self._ear.overhear(incoming, context, talked_over=busy.words_in_the_air)

    def _overhear(self, incoming: OpenTurn, report: Transcribed, at_s: float) -> None:
        """Words that came while the character was busy: the turn is the player's, unless they did not want it."""
        if report.final and (report.aside or not report.text):
            self._ear.take()
            self._go_on()
        elif takes_turn(report):
            self._ear.take()
            self._yield_floor(carried=bool(incoming.unanswered))
            self._reception.take_in(self._enter(incoming), report, at_s)
        elif not report.aside:
            self._reception.take_in(incoming, report, at_s)

    def _go_on(self) -> None:
        """The player did not want the turn: the character takes up again where it was."""
        if self.current:
            self.current.playback.resume()

    def _yield_floor(self, *, carried: bool = False) -> None:
        """Ends whatever goes on; `carried` when what the player has said goes on in the next turn."""
        self._ear.close()
        self._scripted.clear()
        if self.current:
            self.current.turn.cancelled = True
            self._send(Cancel(self.current.turn.number))
            self._finish(interrupted=True, carried=carried)

    def _finish(self, *, interrupted: bool, carried: bool = False) -> None:
        """Ends the turn; memory keeps what was heard of it, unless the next one carries it on."""
        opened = self.current
        if opened is None:
            return
        opened.playback.stop()
        exchange = opened.exchange(interrupted=interrupted, emotion=self.mood)
        self._expression.linger(self._around.frame_time_s())
        if exchange and not carried:
            self._remembered(self._recollection.keep(exchange, opened.used))
        self._reception.end(opened, interrupted=interrupted)
        self._close()

    def _close(self) -> None:
        self.current = None
        if incoming := self._ear.take():
            self._enter(incoming)
        elif self._scripted:
            self._start_scripted()

    def _send(self, command: Command) -> None:
        self.introduce()
        self._around.send(command)

    def _context(self, memory: Memory | None = None) -> Context:
        return Context(memory or self.memory, self.state.copy(), self._around.world.copy(), self.mood)

    def _remembered(self, moved: tuple[Emotion, float] | None = None) -> None:
        """Memory has changed, by something that may have moved the character."""
        if moved:
            self._expression.stir(*moved, self._around.frame_time_s())
            self._around.emit(events.NpcEmotion(self.npc, self.mood))
        if not self._gone:
            self._around.remembered(self.number)

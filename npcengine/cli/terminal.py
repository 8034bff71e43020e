"""A conversation in a terminal: typed lines, or the microphone between two presses of Enter."""

from __future__ import annotations

from pathlib import Path

import npcengine
from npcengine.audio.speaker import RecordingSpeaker
from npcengine.cli.console import complain, note
from npcengine.cli.recording import Recording, write_turn
from npcengine.cli.session import Session, TurnReport


class Terminal:
    """Standard input and output as the place to talk.

    Args:
        session: The engine.
        recorder: Where answers go that are written rather than heard.
        out: The folder they are written to.
    """

    def __init__(self, session: Session, *, recorder: RecordingSpeaker | None = None, out: Path | None = None) -> None:
        self._session = session
        self._recorder = recorder
        self._out = out
        self._written = 0

    def announce(self) -> None:
        """Says in a line each what is missing here and what serves instead."""
        engine = self._session.engine
        if engine.speaker_problem:
            note(f"{engine.speaker_problem}; the answers are shown")
        if engine.microphone.problem:
            note(f"{engine.microphone.problem}; type your lines")

    def converse(self, npc: npcengine.Npc) -> None:
        """Talks until the end of input (Ctrl-D) or Ctrl-C."""
        problem = self._session.engine.microphone.problem
        note("Type a line" + ("" if problem else ", or press Enter to speak, and again when done") + ". Ctrl-D ends.")
        self.greet(npc)
        while (line := read_line("You: ")) is not None:
            if line.strip():
                self._show(npc, self._session.tell(npc, line))
            elif not problem:
                self._show(npc, self._listen(npc))

    def greet(self, npc: npcengine.Npc) -> None:
        """The character speaks first, if it has something to say."""
        if npc.persona.greeting:
            npc.greet()
            self._show(npc, self._session.follow(npc))

    def _listen(self, npc: npcengine.Npc) -> TurnReport:
        npc.listen()
        read_line("(listening; Enter when done) ")
        npc.stop_listening()
        report = self._session.follow(npc)
        print(f"You: {report.heard}" if report.heard else "(nothing was heard)")
        return report

    def _show(self, npc: npcengine.Npc, report: TurnReport) -> None:
        for problem in report.problems:
            complain(problem)
        if report.finished and report.finished.text:
            print(f"{npc.name} ({report.emotion}): {report.finished.text}")
        for call in report.actions:
            print(f"  -> {call.name} {dict(call.args) or ''}".rstrip())
        self._write(npc, report)

    def _write(self, npc: npcengine.Npc, report: TurnReport) -> None:
        if self._recorder is None or self._out is None:
            return
        self._written += 1
        said = Recording(self._recorder.take(), self._recorder.rate, report.emotion)
        sound, _ = write_turn(self._out, self._written, said, npc.persona)
        if sound:
            note(f"  (written to {sound})")


def read_line(prompt: str) -> str | None:
    """A line of standard input; None at its end."""
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        print()
        return None

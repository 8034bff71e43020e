"""What a player waits for after the last word, beside the library's defaults, and what is heard where nobody speaks.

`python -m benchmarks.hearing [ROUNDS]` from the project's root. Clips of human speech are fed as a microphone would
feed them: a pass every 0.6 s of sound, the last one before the last word's end, and then the rest is finished. The
library transcribes the same clip in the same round with the same model; which of the two comes first alternates.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import jiwer
import numpy as np
import psutil
from whisper_normalizer.english import EnglishTextNormalizer

from benchmarks.sounds import over_noise, unspoken
from npcengine.audio.wav import load_speech
from npcengine.clock import SystemClock, elapsed_ms
from npcengine.hearing import silero, whisper
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.streaming import StreamingTranscription
from npcengine.hearing.voice_activity import BLOCK_SAMPLES, VoiceActivity, probabilities
from npcengine.models import store
from npcengine.types import HEARING_RATE, LoadOptions, Pcm, Transcript

SPEECH = Path(__file__).resolve().parents[2] / "shared" / "speech"
MODEL = "tiny.en"
STEP = round(0.6 * HEARING_RATE)
EARLY = round(0.1 * HEARING_RATE)
"""After the last voiced sample: where thinking might begin."""
THRESHOLDS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
CLOCK = SystemClock()
normalize = EnglishTextNormalizer()
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, what is said in it, and the sample after its last voiced block."""

    pcm: Pcm
    said: str
    voice_end: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What one round over one clip gave."""

    clip: Clip
    partials: tuple[Transcript, ...]
    final: Transcript
    finish_ms: float
    library_text: str
    library_ms: float

    @property
    def ratio(self) -> float:
        """Time of the last pass to the library's."""
        return self.finish_ms / self.library_ms


@dataclass(frozen=True, slots=True)
class Bench:
    """The recogniser, the same model in the library's own hands, and a voice detector."""

    ears: SpeechToText
    library: Any
    activity: VoiceActivity

    def clip(self, pcm: Pcm, said: str) -> Clip:
        """A recording with the place where its voice ends."""
        voiced = np.flatnonzero(probabilities(self.activity, pcm) >= 0.5)
        return Clip(pcm, said, min(len(pcm), (int(voiced[-1]) + 1) * BLOCK_SAMPLES))

    def hear(self, clip: Clip, *, library_first: bool) -> Heard:
        """Both ways over one clip."""
        library_text, library_ms = timed(lambda: self._library_text(clip.pcm)) if library_first else ("", 0.0)
        utterance = StreamingTranscription(self.ears)
        partials = tuple(utterance.hear(clip.pcm[:end]) for end in range(STEP, clip.voice_end, STEP))
        final, finish_ms = timed(lambda: utterance.finish(clip.pcm, voiced_since=True))
        if not library_first:
            library_text, library_ms = timed(lambda: self._library_text(clip.pcm))
        return Heard(clip, partials, final, finish_ms, library_text, library_ms)

    def _library_text(self, pcm: Pcm) -> str:
        segments, _ = self.library.transcribe(pcm)
        return " ".join(segment.text.strip() for segment in segments)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and the milliseconds it took."""
    start_s = CLOCK.now()
    result = work()
    return result, elapsed_ms(CLOCK, start_s)


def main(rounds: int) -> None:
    """Prints all figures."""
    threads = psutil.cpu_count(logical=False) or 1
    bench = _open(threads)
    clips = _clips(bench)
    print(f"{MODEL}, {threads} threads, {len(clips)} clips, {rounds} rounds")
    heard = [
        [bench.hear(clip, library_first=(index + turn) % 2 == 0) for turn in range(rounds)]
        for index, clip in enumerate(clips)
    ]
    report_speed(heard)
    firsts = [first for first, *_ in heard]
    report_words(firsts)
    report_early(bench, firsts)
    report_confidence(firsts)
    report_long(bench, clips)
    report_ghosts(bench)
    report_noise(bench, clips)


def report_speed(heard: Sequence[Sequence[Heard]]) -> None:
    """The last pass against the library, clip by clip: medians over the rounds."""
    ratios = sorted(median(turn.ratio for turn in turns) for turns in heard)
    finish_ms = median(turn.finish_ms for turns in heard for turn in turns)
    library_ms = median(turn.library_ms for turns in heard for turn in turns)
    print(f"finish / library: median {median(ratios):.3f}, worst {ratios[-1]:.3f}")
    print(f"finish {finish_ms:.0f} ms, library {library_ms:.0f} ms (medians, as busy as this machine was)")


def report_words(heard: Sequence[Heard]) -> None:
    """Word error rates, and how much of the partial texts stands at the end."""
    print(
        f"word errors: {_wer([(one.clip.said, one.final.text) for one in heard]):.1f} %, "
        f"library {_wer([(one.clip.said, one.library_text) for one in heard]):.1f} %"
    )
    texts = [(partial.text, one.final.text) for one in heard for partial in one.partials if partial.text]
    whole = sum(begins(partial, final) for partial, final in texts)
    but_last = sum(begins(partial, final, but_last=True) for partial, final in texts)
    print(
        f"partials: {len(texts)}, {whole / len(texts):.0%} begin the final text, "
        f"{but_last / len(texts):.0%} but for their last word"
    )


def report_early(bench: Bench, heard: Sequence[Heard]) -> None:
    """Whether thinking may begin 100 ms after the voice, and what the end of the turn costs then."""
    same, sure, took_ms = 0, 0, []
    for one in heard:
        utterance = StreamingTranscription(bench.ears)
        pcm, voice_end = one.clip.pcm, one.clip.voice_end
        for end in range(STEP, voice_end, STEP):
            utterance.hear(pcm[:end])
        early = utterance.hear(pcm[: voice_end + EARLY])
        same += normalize(early.text) == normalize(one.final.text)
        asked, finish_ms = timed(lambda utterance=utterance, pcm=pcm: utterance.finish(pcm, voiced_since=False))  # type: ignore[misc]
        sure += asked == early
        took_ms.append(finish_ms)
    print(
        f"100 ms after the voice: {same} of {len(heard)} equal the final text, {sure} are reused; "
        f"finish then takes {median(took_ms):.2f} ms"
    )


def report_confidence(heard: Sequence[Heard]) -> None:
    """Which confidence tells right words from wrong ones."""
    finals = [(one.final.confidence, normalize(one.final.text) == normalize(one.clip.said)) for one in heard]
    partials = [
        (partial.confidence, begins(partial.text, one.clip.said, but_last=True))
        for one in heard
        for partial in one.partials
        if partial.text
    ]
    for name, judged in (("finals", finals), ("partials but their last word", partials)):
        print(f"confidence of {name}: {sum(right for _, right in judged)} of {len(judged)} are right")
        for threshold in THRESHOLDS:
            above = [right for confidence, right in judged if confidence >= threshold]
            below = [right for confidence, right in judged if confidence < threshold]
            print(f"  {threshold:.2f}: above {sum(above)} of {len(above)} right, below {sum(below)} of {len(below)}")


def report_long(bench: Bench, clips: Sequence[Clip]) -> None:
    """Six sentences in one breath, about 25 s, with pauses of 0.3 s."""
    pause = np.zeros(round(0.3 * HEARING_RATE), dtype=np.float32)
    heard = []
    for index, start in enumerate(range(0, len(clips), 6)):
        parts = clips[start : start + 6]
        pcm = np.concatenate([sound for part in parts for sound in (part.pcm, pause)])
        clip = bench.clip(pcm, " ".join(part.said for part in parts))
        heard.append(bench.hear(clip, library_first=index % 2 == 0))
    lengths = ", ".join(f"{len(one.clip.pcm) / HEARING_RATE:.0f} s" for one in heard)
    print(f"long ({lengths}): finish / library {median(one.ratio for one in heard):.3f}")
    report_words(heard)


def report_ghosts(bench: Bench) -> None:
    """Words heard in a minute each of what nobody said."""
    words = {}
    for name, pcm in unspoken(60.0).items():
        words[name] = len(bench.ears.transcribe(pcm).text.split())
    print(f"ghost words in {len(words)} minutes: {sum(words.values())} {[name for name in words if words[name]]}")


def report_noise(bench: Bench, clips: Sequence[Clip]) -> None:
    """Human speech with such sounds 20 dB below it."""
    longest_s = max(len(clip.pcm) for clip in clips) / HEARING_RATE
    for name, noise in unspoken(longest_s).items():
        if name.endswith("-35 dB"):
            texts = [
                (clip.said, bench.ears.transcribe(over_noise(clip.pcm, noise, ratio_db=20)).text) for clip in clips
            ]
            print(f"word errors over {name.removesuffix(' -35 dB')} at 20 dB: {_wer(texts):.1f} %")


def begins(partial: str, final: str, *, but_last: bool = False) -> bool:
    """Whether the words of one text (all but its last one) begin the other's."""
    words = normalize(partial).split()
    words = words[:-1] if but_last else words
    return bool(normalize(final).split()[: len(words)] == words)


def _wer(texts: Sequence[tuple[str, str]]) -> float:
    """Word errors of (said, heard) texts, in %."""
    return 100 * float(jiwer.wer([normalize(said) for said, _ in texts], [normalize(heard) for _, heard in texts]))


def _open(threads: int) -> Bench:
    import faster_whisper  # noqa: PLC0415 - heavy

    ears = whisper.load(MODEL, LoadOptions(threads=threads))
    library = faster_whisper.WhisperModel(
        str(store.locate("stt", MODEL)), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
    )
    return Bench(ears, library, silero.load())


def _clips(bench: Bench) -> list[Clip]:
    with (SPEECH / "transcripts.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    clips = [bench.clip(load_speech(SPEECH / row["file"]).pcm, row["text"]) for row in rows]
    bench.ears.transcribe(clips[0].pcm)
    list(bench.library.transcribe(clips[0].pcm)[0])
    return clips


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)

"""Finding models on this machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from npcengine.errors import ModelBroken, ModelMissing
from npcengine.models import store
from npcengine.models.catalogue import find
from npcengine.models.formats import Kind

GGUF = b"GGUF\x03\x00\x00\x00" + bytes(32)
ONNX = b"\x08\x08\x12\x07pytorch"
CTRANSLATE2 = b"\x06\x00\x00\x00\x0c\x00WhisperSpec\x00"


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models' folder."""
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _whisper_folder(folder: Path) -> Path:
    _write(folder / "model.bin", CTRANSLATE2)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        _write(folder / name, b"{}")
    return folder


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("stt", "tiny.en"),
        ("llm", "gemma-3-270m"),
        ("tts", "en_US-joe-medium"),
        ("turn", "smart-turn-v3.2"),
        ("embedding", "all-minilm-l6-v2"),
    ],
)
def test_missing_model_names_its_cure(kind: Kind, name: str) -> None:
    """A model of the catalogue that is not here gives the command that fetches it."""
    with pytest.raises(ModelMissing, match=f"npcengine setup --model {name}$"):
        store.locate(kind, name)


def test_misspelt_name_suggests_the_nearest() -> None:
    """A name close to a known one is answered with it, and all known ones of its kind are listed."""
    with pytest.raises(ModelMissing, match=r"Did you mean gemma-3-270m\? Known: gemma-3-270m, smollm2"):
        store.locate("llm", "gemma3-270m")


def test_name_of_another_kind() -> None:
    """A voice asked for as a language model is not taken for one."""
    with pytest.raises(ModelBroken, match="is a voice, but a language model is wanted"):
        store.locate("llm", "en_US-joe-medium")


def test_own_gguf_file(tmp_path: Path) -> None:
    """A path to a GGUF file is returned as it is."""
    path = _write(tmp_path / "mine.gguf", GGUF)
    assert store.locate("llm", str(path)) == path


def test_own_file_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare file name means a file in the current folder."""
    _write(tmp_path / "mine.gguf", GGUF)
    monkeypatch.chdir(tmp_path)
    assert store.locate("llm", "mine.gguf") == Path("mine.gguf")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Dear diary, this is no model.", "no GGUF file"),
        (b"", "it is empty"),
        (b"<!doctype html>", "looks like a web page"),
        (b"version https://git-lfs", "Git LFS pointer"),
        (b"GGUF\x00\x00\x00\x03", "version 50331648"),
        (b"GGUF\x01\x00\x00\x00", "version 1"),
        (b"GGUF", "version 0"),
    ],
)
def test_file_that_is_no_gguf(tmp_path: Path, content: bytes, says: str) -> None:
    """Whatever else is named .gguf is refused, and the message says what it looks like."""
    path = _write(tmp_path / "mine.gguf", content)
    with pytest.raises(ModelBroken, match=says):
        store.locate("llm", str(path))


def test_folder_where_a_file_is_wanted(tmp_path: Path) -> None:
    """A folder is no language model."""
    with pytest.raises(ModelBroken, match="is a folder"):
        store.locate("llm", str(tmp_path))


def test_path_that_is_not_there(tmp_path: Path) -> None:
    """A wrong path is called missing, with advice about paths, not about the catalogue."""
    with pytest.raises(ModelMissing, match="Check the path"):
        store.locate("llm", str(tmp_path / "none.gguf"))


def test_own_voice(tmp_path: Path) -> None:
    """A voice is its .onnx with the .onnx.json beside it."""
    path = _write(tmp_path / "voice.onnx", ONNX)
    with pytest.raises(ModelBroken, match=r"no voice\.onnx\.json beside it"):
        store.locate("tts", str(path))
    _write(tmp_path / "voice.onnx.json", b'{"phoneme_id_map": {}}')
    assert store.locate("tts", str(path)) == path


def test_own_end_of_turn_model(tmp_path: Path) -> None:
    """An end-of-turn model is one ONNX file; a file of another kind is refused."""
    path = _write(tmp_path / "turn.onnx", ONNX)
    assert store.locate("turn", str(path)) == path
    path.write_bytes(GGUF)
    with pytest.raises(ModelBroken, match="no ONNX file"):
        store.locate("turn", str(path))


@pytest.mark.parametrize("settings", [b"{", b"[]", b'{"audio": {}}', b"\xff\xfe"])
def test_voice_with_wrong_settings(tmp_path: Path, settings: bytes) -> None:
    """Settings that are no piper voice's are refused by the name of their file."""
    path = _write(tmp_path / "voice.onnx", ONNX)
    _write(tmp_path / "voice.onnx.json", settings)
    with pytest.raises(ModelBroken, match=r"voice\.onnx\.json"):
        store.locate("tts", str(path))


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "tokenizer.json", "vocabulary.txt"])
def test_whisper_folder_lacks_a_file(tmp_path: Path, missing: str) -> None:
    """A CTranslate2 folder is named incomplete by the file it lacks, and found once it is whole."""
    folder = _whisper_folder(tmp_path / "whisper")
    assert store.locate("stt", str(folder)) == folder
    (folder / missing).unlink()
    with pytest.raises(ModelBroken, match=f"lacks {missing}"):
        store.locate("stt", str(folder))


def test_whisper_folder_with_other_weights(tmp_path: Path) -> None:
    """A translation model's model.bin is no speech recogniser."""
    folder = _whisper_folder(tmp_path / "whisper")
    (folder / "model.bin").write_bytes(b"\x06\x00\x00\x00\x0f\x00TransformerSpec\x00")
    with pytest.raises(ModelBroken, match="no CTranslate2 Whisper model"):
        store.locate("stt", str(folder))


def test_hub_names(models: Path) -> None:
    """A hub's file lies under hf/owner/repo; for speech recognition its folder is meant."""
    path = _write(models / "hf" / "owner" / "repo" / "a.gguf", GGUF)
    assert store.locate("llm", "hf:owner/repo/a.gguf") == path
    folder = _whisper_folder(models / "hf" / "owner" / "ears")
    assert store.locate("stt", "hf:owner/ears/model.bin") == folder
    with pytest.raises(ModelMissing, match=r"npcengine setup --model hf:owner/repo/b\.gguf"):
        store.locate("llm", "hf:owner/repo/b.gguf")


@pytest.mark.parametrize(
    "name", ["hf:owner/repo", "hf:", "hf:../../etc/passwd", "hf:a/b/../c.gguf", "hf:a/b/..\\c.gguf"]
)
def test_hub_name_that_names_no_file(name: str) -> None:
    """A hub name with too few parts, or one that would leave the folder, is refused."""
    with pytest.raises(ModelMissing, match="names no file on the hub"):
        store.locate("llm", name)


def test_truncated_model_of_the_catalogue(models: Path) -> None:
    """A file shorter than the catalogue says is broken, not missing, and the cure is the same."""
    _write(models / "gemma-3-270m" / find("gemma-3-270m").files[0].name, GGUF)
    with pytest.raises(ModelBroken, match=r"instead of 253113024\. Fetch it: npcengine setup --model gemma-3-270m"):
        store.locate("llm", "gemma-3-270m")


def test_folder_is_read_at_call_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable counts when a model is looked for, not when the module was imported."""
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path / "elsewhere"))
    assert store.folder() == tmp_path / "elsewhere"


def test_finding_loads_no_network_library() -> None:
    """The brain finds its models without httpx and what else only fetching needs."""
    code = "import sys, npcengine.models.store; print({'httpx', 'filelock', 'tenacity'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"

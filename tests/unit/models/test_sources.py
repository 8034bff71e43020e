"""What package indexes, pip and hubs say, and what is made of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import httpx
import pytest

from npcengine.errors import FetchError, ModelMissing
from npcengine.models.catalogue import HubFile, Wheel
from npcengine.models.connection import open_client
from npcengine.models.download import Refused
from npcengine.models.hub import describe
from npcengine.models.index import address_of
from npcengine.models.pip import default_index, download_wheel, read_options, settings

WHEEL = Wheel("some-voice", "1.0", "some_voice-1.0-py3-none-any.whl", "0" * 64, 5)
SHA256 = "ab" * 32
COMMIT = "c" * 40


def _index(content_type: str, body: str, status: int = 200) -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url == "https://index.test/simple/some-voice/"
        return httpx.Response(status, headers={"Content-Type": content_type}, text=body)

    return httpx.Client(transport=httpx.MockTransport(answer))


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "application/vnd.pypi.simple.v1+json",
            json.dumps({"files": [{"filename": WHEEL.file, "url": f"../../f/{WHEEL.file}"}]}),
        ),
        ("text/html", '<a data-x="1" href="../../f/some_voice-1.0-py3-none-any.whl#sha256=00">any text</a>'),
    ],
)
def test_index_in_json_and_html(content_type: str, body: str) -> None:
    """Both forms of the simple index give the file's address, relative links resolved."""
    with _index(content_type, body) as client:
        address = address_of(client, "https://index.test/simple/", WHEEL)
    assert address == "https://index.test/f/some_voice-1.0-py3-none-any.whl"


@pytest.mark.parametrize(
    ("content_type", "body", "status", "says"),
    [
        ("text/html", '<a href="some_voice-0.9-py3-none-any.whl">', 200, "has no some_voice-1.0"),
        ("application/vnd.pypi.simple.v1+json", "[]", 200, "can't be read"),
        ("application/vnd.pypi.simple.v1+json", "oops", 200, "can't be read"),
        ("text/html", "", 404, "HTTP 404"),
        ("text/html", "", 401, "refuses access"),
        ("text/html", "", 500, "HTTP 500"),
    ],
)
def test_index_without_the_file(content_type: str, body: str, status: int, says: str) -> None:
    """Whatever else an index answers leaves the way open for pip, with the reason."""
    with _index(content_type, body, status) as client, pytest.raises(Refused, match=says):
        address_of(client, "https://index.test/simple", WHEEL)


def test_pip_options_by_precedence() -> None:
    """The environment wins over the download section, which wins over the global one; other sections don't count."""
    listing = (
        ":env:.cert='/env.pem'\nglobal.cert='/global.pem'\nglobal.index-url='https://global.test'\n"
        "download.index-url='https://download.test'\ninstall.index-url='https://install.test'\n"
    )
    assert read_options(listing) == {"cert": "/env.pem", "index-url": "https://download.test"}


def test_pip_tells_its_own_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is configured, the index built into this very pip is used."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    (index,) = settings().indexes
    assert index.startswith("https://")
    assert index.endswith("/simple")


def test_pip_extra_indexes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mirrors are asked in order; folders are left to pip."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.test/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "file:///srv/simple http://second.test/simple")
    assert settings().indexes == ("https://mirror.test/simple", "http://second.test/simple")


def test_help_without_a_default_index() -> None:
    """A help text that says nothing about it gives no index."""
    assert default_index("--index-url <url>  Base URL.") is None


def test_certificates_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong certificate setting is named instead of failing somewhere below."""
    monkeypatch.setenv("PIP_CERT", "/nowhere/company.pem")
    with pytest.raises(Refused, match=r"certificates in /nowhere/company\.pem can't be read"):
        open_client()


def test_proxy_that_makes_no_sense() -> None:
    """A proxy of an unknown scheme is named."""
    with pytest.raises(Refused, match="proxy"):
        open_client(proxy="gopher://old.test")


def _hub(files: dict[str, httpx.Response]) -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.method == "HEAD"
        return files.get(request.url.path, httpx.Response(404))

    return httpx.Client(transport=httpx.MockTransport(answer))


def _linked(location: str = "https://storage.test/x") -> httpx.Response:
    headers = {
        "Location": location,
        "X-Linked-Etag": f'"{SHA256}"',
        "X-Linked-Size": "1000",
        "X-Repo-Commit": COMMIT,
    }
    return httpx.Response(302, headers=headers)


def _small(tag: str = '"0f1e"', size: str = "20") -> httpx.Response:
    return httpx.Response(200, headers={"ETag": tag, "Content-Length": size, "X-Repo-Commit": COMMIT})


@pytest.fixture(autouse=True)
def hub_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mirror of the hub, as its own tools name one."""
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.test/")


def test_hub_tells_the_checksum() -> None:
    """Size and SHA-256 come from the linked headers, and the address is pinned to the commit."""
    with _hub({"/o/r/resolve/main/sub/m.gguf": _linked()}) as client:
        model = describe(client, "hf:o/r/sub/m.gguf")
    url = f"https://hub.test/o/r/resolve/{COMMIT}/sub/m.gguf"
    assert model.sources == (HubFile(url, "m.gguf", SHA256[:32], SHA256, 1000),)
    assert model.kind == "llm"


def test_hub_voice_brings_its_settings() -> None:
    """A voice is two files; the small one has no checksum on the hub, so its size counts."""
    files = {"/o/r/resolve/main/v.onnx": _linked(), "/o/r/resolve/main/v.onnx.json": _small()}
    with _hub(files) as client:
        model = describe(client, "hf:o/r/v.onnx")
    assert [(file.name, file.sha256, file.bytes) for file in model.files] == [
        ("v.onnx", SHA256, 1000),
        ("v.onnx.json", None, 20),
    ]


def test_hub_whisper_folder_with_either_vocabulary() -> None:
    """A recogniser brings its folder; the vocabulary may be text or JSON."""
    names = ("config.json", "tokenizer.json", "vocabulary.json")
    files = {f"/o/r/resolve/main/{name}": _small() for name in names}
    with _hub({**files, "/o/r/resolve/main/model.bin": _linked()}) as client:
        model = describe(client, "hf:o/r/model.bin")
    assert [file.name for file in model.files] == ["model.bin", *names]


def test_hub_repository_was_renamed() -> None:
    """A redirect within the hub is followed; the one to the storage is not, since only the hub knows the checksum."""
    moved = httpx.Response(307, headers={"Location": "/new/r/resolve/main/m.gguf"})
    with _hub({"/o/r/resolve/main/m.gguf": moved, "/new/r/resolve/main/m.gguf": _linked()}) as client:
        model = describe(client, "hf:o/r/m.gguf")
    (source,) = model.sources
    assert isinstance(source, HubFile)
    assert source.url == f"https://hub.test/new/r/resolve/{COMMIT}/m.gguf"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (httpx.Response(404), r"m\.gguf is not at .*HTTP 404"),
        (httpx.Response(401), "set HF_TOKEN"),
        (httpx.Response(200), "does not say how large"),
        (httpx.Response(503), "HTTP 503"),
    ],
)
def test_hub_refuses(answer: httpx.Response, says: str) -> None:
    """Each refusal becomes one message with its cure."""
    with _hub({"/o/r/resolve/main/m.gguf": answer}) as client, pytest.raises(FetchError, match=says):
        describe(client, "hf:o/r/m.gguf")


def test_hub_file_of_no_known_kind() -> None:
    """PyTorch weights are refused before anyone is asked."""
    with _hub({}) as client, pytest.raises(ModelMissing, match="of no known kind"):
        describe(client, "hf:o/r/pytorch_model.bin")


def test_environment_without_pip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where pip itself is missing, the message says how to get it."""
    (tmp_path / "pip.py").write_text("raise ModuleNotFoundError('No module named pip')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert settings().indexes == ()
    with pytest.raises(FetchError, match=r"No module named pip\. Get pip: .* -m ensurepip"):
        download_wheel(WHEEL, tmp_path)

"""Files of a model hub, named `hf:owner/repo/file`: what they are, before they are downloaded.

The hub answers a HEAD request with the content's SHA-256 (`X-Linked-Etag`), its size (`X-Linked-Size`) and the commit
it belongs to (`X-Repo-Commit`); the address returned here is pinned to that commit.
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote, urljoin

import httpx

from npcengine.errors import FetchError
from npcengine.models.catalogue import File, HubFile, Licence, Model, Piece
from npcengine.models.download import Refused, requests_to
from npcengine.models.formats import CTRANSLATE2_FILES, CTRANSLATE2_VOCABULARIES, Kind
from npcengine.models.store import HUB_PREFIX, folder_of, kind_of_hub_file

ENDPOINT_VARIABLE = "HF_ENDPOINT"
TOKEN_VARIABLE = "HF_TOKEN"  # noqa: S105 - the name of a variable, no secret
DEFAULT_ENDPOINT = "https://huggingface.co"
REDIRECTS = 5


def describe(client: httpx.Client, name: str) -> Model:
    """What a hub says about ``hf:owner/repo/file``, with the files that belong beside it.

    A ``.gguf`` stands alone; an ``.onnx`` voice brings its ``.onnx.json``; a ``model.bin`` its CTranslate2 folder.

    Raises:
        ModelMissing: The name names no file, or one of no kind that the engine can use.
        FetchError: The hub can't be reached or does not have the file.
    """
    folder_of(name)
    kind = kind_of_hub_file(name)
    owner, repository, *path = name.removeprefix(HUB_PREFIX).split("/")
    repository = f"{owner}/{repository}"
    *folders, first = path
    found = [_ask(client, repository, "/".join([*folders, file])) for file in _beside(kind, first)]
    if kind == "stt":
        found.append(_first_of(client, repository, ["/".join([*folders, n]) for n in CTRANSLATE2_VOCABULARIES]))
    return Model(
        name=name,
        kind=kind,
        purpose="your choice",
        note="Not measured.",
        origin=f"{endpoint()}/{repository}",
        licence=Licence("see its page", f"The terms are on {endpoint()}/{repository}: read them before you ship it."),
        cores=1,
        memory_mb=0,
        sources=tuple(found),
        files=tuple(File(file.file, file.sha256, file.bytes, (Piece(number),)) for number, file in enumerate(found)),
    )


def endpoint() -> str:
    """The hub's address: ``$HF_ENDPOINT`` where set, as the hub's own tools read it."""
    return (os.environ.get(ENDPOINT_VARIABLE) or DEFAULT_ENDPOINT).rstrip("/")


def access_headers() -> dict[str, str]:
    """What opens models with terms to accept: ``$HF_TOKEN`` where set."""
    token = os.environ.get(TOKEN_VARIABLE)
    return {"Authorization": f"Bearer {token}"} if token else {}


def _beside(kind: Kind, first: str) -> tuple[str, ...]:
    if kind == "stt":
        return CTRANSLATE2_FILES
    return (first, f"{first}.json") if kind == "tts" else (first,)


def _first_of(client: httpx.Client, repository: str, paths: list[str]) -> HubFile:
    *early, last = paths
    for path in early:
        try:
            return _ask(client, repository, path)
        except Refused:
            continue
    return _ask(client, repository, last)


def _ask(client: httpx.Client, repository: str, path: str) -> HubFile:
    url = f"{endpoint()}/{repository}/resolve/main/{quote(path)}"
    answer = _head(client, url, path)
    size = answer.headers.get("X-Linked-Size") or (answer.headers.get("Content-Length") if answer.is_success else None)
    if size is None or not size.isdigit():
        raise FetchError(f"The hub does not say how large {path} is. Download it by hand and give its path.")
    tag = (answer.headers.get("X-Linked-Etag") or answer.headers.get("ETag") or "").removeprefix("W/").strip('"')
    sha256 = tag if re.fullmatch(r"[0-9a-f]{64}", tag) else None
    commit = answer.headers.get("X-Repo-Commit", "")
    if re.fullmatch(r"[0-9a-f]{40}", commit):
        url = str(answer.url).replace("/resolve/main/", f"/resolve/{commit}/", 1)
    identity = re.sub(r"[^0-9A-Za-z]", "", tag or commit)[:32] or "unknown"
    return HubFile(url, path.rpartition("/")[2], identity, sha256, int(size))


def _head(client: httpx.Client, url: str, label: str) -> httpx.Response:
    """Ask about a file, following renamed repositories but not the way to the storage, which knows no checksum."""
    with requests_to(url, label):
        for _ in range(REDIRECTS):
            headers = {**access_headers(), "Accept-Encoding": "identity"}
            response = client.head(url, headers=headers, follow_redirects=False)
            location = response.headers.get("Location", "")
            if not response.is_redirect or "X-Linked-Size" in response.headers or not location.startswith("/"):
                break
            url = urljoin(url, location)
        if not response.is_redirect:
            response.raise_for_status()
    return response

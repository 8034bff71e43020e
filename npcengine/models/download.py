"""One file over HTTP: resumes where it stopped, retries, checks; knows nothing of models, packages or hubs.

The bytes go into `<target>.part`. What a broken run leaves there is continued by the next one with a Range request;
the checksum at the end decides whether the joined file is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential
from tenacity.wait import wait_base

from npcengine.errors import FetchError
from npcengine.models.checksum import sha256_of
from npcengine.models.progress import Report, Step

ATTEMPTS = 4
WAIT_BETWEEN: wait_base = wait_exponential(multiplier=0.5, max=8)
"""Seconds before the second, third … attempt."""
TIMEOUT = httpx.Timeout(60.0, connect=15.0)

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Remote:
    """A file to be had over HTTP.

    Attributes:
        url: Where.
        label: How messages call it.
        bytes: Its size.
        sha256: Of its content, where known; without it the size must do.
        headers: Sent along, a token for instance.
    """

    url: str
    label: str
    bytes: int
    sha256: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(FetchError):  # noqa: N818 - reads as the fact it states
    """The server or the connection doesn't allow it; another way to the same file may work."""


class _Cut(Exception):  # noqa: N818 - never leaves this module
    """The connection ended early, or the server is busy: worth another attempt."""


def download(client: httpx.Client, remote: Remote, target: Path, report: Report) -> None:
    """Bring `remote` to `target`, which appears only once it is whole and checked.

    Raises:
        Refused: The server says no, or can't be reached at all.
        FetchError: The connection broke again and again, or the content is not what was promised.
        OSError: The disk says no.
    """
    part = part_of(target)
    resumed = part.exists() and part.stat().st_size > 0
    _transfer_patiently(client, remote, part, report)
    if not _is_right(part, remote) and resumed:
        # What an earlier run left may have been the mistake: once more from the start.
        part.unlink()
        _transfer_patiently(client, remote, part, report)
    if not _is_right(part, remote):
        part.unlink()
        raise FetchError(
            f"{remote.label} came with a wrong checksum, so it was thrown away. Run the command again; if it "
            f"stays so, a proxy alters downloads or the file was replaced at its source."
        )
    part.replace(target)


def part_of(target: Path) -> Path:
    """Where an unfinished download of `target` is kept."""
    return target.with_name(target.name + ".part")


def bytes_missing(target: Path, size: int) -> int:
    """How much of a file of `size` bytes is still to be downloaded."""
    if target.exists():
        return 0
    part = part_of(target)
    return max(size - part.stat().st_size, 0) if part.exists() else size


@contextmanager
def requests_to(url: str, label: str) -> Iterator[None]:
    """Turn what goes wrong while talking to `url` into one clear error."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise Refused(_explain_status(error.response.status_code, label, url)) from error
    except httpx.InvalidURL as error:
        raise Refused(f"{label} has an address that can't be used ({url}): {error}.") from error
    except httpx.HTTPError as error:
        reason = _reason(error)
        cure = "Name your network's certificates in SSL_CERT_FILE" if "CERTIFICATE" in reason else "Check the network"
        raise Refused(
            f"{label} could not be fetched: no connection to {httpx.URL(url).host} ({reason}). "
            f"{cure} and the proxy settings, then run the command again."
        ) from error


def _transfer_patiently(client: httpx.Client, remote: Remote, part: Path, report: Report) -> None:
    def tell(_: RetryCallState) -> None:
        report(Step("retrying", remote.label, _size(part), remote.bytes))

    attempts = Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=WAIT_BETWEEN,
        retry=retry_if_exception_type((_Cut, httpx.TransportError)),
        before_sleep=tell,
        reraise=True,
    )
    try:
        with requests_to(remote.url, remote.label):
            attempts(_transfer, client, remote, part, report)
    except _Cut as error:
        raise FetchError(
            f"{remote.label} broke off at {_size(part)} of {remote.bytes} bytes ({error}). "
            f"What came so far is kept: run the command again to go on from there."
        ) from error


def _transfer(client: httpx.Client, remote: Remote, part: Path, report: Report) -> None:
    """One attempt: append to `part` what is missing of it."""
    done = _size(part)
    if done == remote.bytes:
        return
    if done > remote.bytes:
        part.unlink()
        done = 0
    # Compressed transfer would make byte ranges meaningless.
    headers = {**remote.headers, "Accept-Encoding": "identity"}
    if done:
        headers["Range"] = f"bytes={done}-"
    with client.stream("GET", remote.url, headers=headers, follow_redirects=True) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise _Cut("the server could not continue the file")
        if response.status_code in _BUSY:
            raise _Cut(f"the server is busy, HTTP {response.status_code}")
        response.raise_for_status()
        done = done if _continues(response, done) else 0
        _append(response, part, done, remote, report)


def _append(response: httpx.Response, part: Path, done: int, remote: Remote, report: Report) -> None:
    with part.open("ab" if done else "wb") as file:
        report(Step("downloading", remote.label, done, remote.bytes))
        try:
            # As the bytes arrive: gathering them into larger blocks would lose what a cut finds half gathered.
            for chunk in response.iter_raw():
                file.write(chunk)
                done += len(chunk)
                report(Step("downloading", remote.label, done, remote.bytes))
                if done > remote.bytes:
                    # Longer than promised: the check rejects it, and the disk need not hold more of it.
                    return
        except httpx.TransportError as error:
            raise _Cut(_reason(error)) from error
    if done < remote.bytes:
        raise _Cut("the server closed the connection")


def _continues(response: httpx.Response, offset: int) -> bool:
    """Whether the answer starts at `offset` (a server may ignore the range and send the whole file)."""
    if not offset or response.status_code != httpx.codes.PARTIAL_CONTENT:
        return False
    span = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    if span is None or int(span[1]) != offset:
        raise _Cut("the server sent another part of the file than asked for")
    return True


def _is_right(part: Path, remote: Remote) -> bool:
    if _size(part) != remote.bytes:
        return False
    return remote.sha256 is None or sha256_of(part) == remote.sha256


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _reason(error: httpx.HTTPError) -> str:
    return str(error) or type(error).__name__


def _explain_status(status: int, label: str, url: str) -> str:
    host = httpx.URL(url).host
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return (
            f"{label}: {host} refuses access (HTTP {status}). If the model asks to accept its terms, do so on its "
            f"page and set HF_TOKEN; behind a company mirror check its password."
        )
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        return f"{label} is not at {url} (HTTP {status}). Check the name; or update npcengine."
    return f"{label}: {host} answered HTTP {status}. Try again later."

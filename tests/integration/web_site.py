"""A web site under a test's control: it can cut, refuse, hold back, ignore ranges and lie."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast


@dataclass
class Site:
    """A web site under a test's control.

    Attributes:
        files: What lies at each path.
        headers: More headers for a path.
        status: Paths that answer with an error.
        cuts: For each path, after how many bytes the next answers break off, one entry an answer.
        ranges: Whether the server understands Range.
        only_agent: Refuse clients whose User-Agent starts otherwise.
        hold: While cleared, answers to GET stop after their first half.
        half_sent: Set when such an answer waits.
        seen: Method, path and Range header of every request.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    cuts: dict[str, list[int]] = field(default_factory=dict)
    ranges: bool = True
    only_agent: str = ""
    hold: threading.Event = field(default_factory=threading.Event)
    half_sent: threading.Event = field(default_factory=threading.Event)
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    url: str = ""

    def gets(self, path: str) -> list[str]:
        """The Range headers of all GET requests for a path, in order."""
        return [range_ for method, seen, range_ in self.seen if method == "GET" and seen == path]


class Server(ThreadingHTTPServer):
    """Answers from a `Site`."""

    daemon_threads = True
    site: Site


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass

    def _answer(self, *, body: bool) -> None:
        site = cast(Server, self.server).site
        wanted = self.headers.get("Range", "")
        site.seen.append((self.command, self.path, wanted))
        status = site.status.get(self.path, 200 if self.path in site.files else 404)
        if not self.headers.get("User-Agent", "").startswith(site.only_agent):
            status = 403
        if status != 200:
            self.send_error(status)
            return
        content = site.files[self.path]
        start = int(re.sub(r"\D", "", wanted)) if wanted and site.ranges else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        for name, value in site.headers.get(self.path, {}).items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self._send(site, content[start:])

    def _send(self, site: Site, content: bytes) -> None:
        half = len(content) // 2
        cuts = site.cuts.get(self.path, [])
        if cuts:
            self.wfile.write(content[: cuts.pop(0)])
            return
        try:
            self.wfile.write(content[:half])
            if not site.hold.is_set():
                site.half_sent.set()
                site.hold.wait(30)
            self.wfile.write(content[half:])
        except OSError:
            return  # the client under test went away, as it should

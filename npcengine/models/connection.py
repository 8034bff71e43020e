"""HTTP clients that trust and route as the user's machine is set up to; knows no models."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import httpx

from npcengine.models.download import TIMEOUT, Refused

CERTIFICATE_VARIABLES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Where users name their company's certificates; httpx itself reads SSL_CERT_FILE and SSL_CERT_DIR."""


def open_client(certificate: str | None = None, proxy: str | None = None) -> httpx.Client:
    """A client to download with; close it, or use it as a context manager.

    Args:
        certificate: A bundle or folder of trusted certificates; what the environment names where None.
        proxy: A proxy's address; what the environment names where None.

    Raises:
        Refused: The certificates can't be read, or the proxy's address makes no sense.
    """
    certificate = certificate or next(filter(None, map(os.environ.get, CERTIFICATE_VARIABLES)), None)
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        return httpx.Client(timeout=TIMEOUT, verify=_trust(certificate), proxy=proxy or None)
    except (ValueError, ImportError) as error:
        raise Refused(f"The proxy that is set up can't be used: {error}") from error


def _trust(certificate: str | None) -> ssl.SSLContext | bool:
    if certificate is None:
        return True
    path = Path(certificate).expanduser()
    try:
        if path.is_dir():
            return ssl.create_default_context(capath=str(path))
        return ssl.create_default_context(cafile=str(path))
    except OSError as error:
        raise Refused(
            f"The certificates in {path} can't be read ({error}). Correct pip's 'cert' setting or "
            f"{', '.join(CERTIFICATE_VARIABLES)}."
        ) from error

"""What others say of the same signature: the command ``openssl cms -verify``, and pyHanko's generic CMS check."""

import asyncio
import logging
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pyhanko.sign.validation as pyhanko_validation
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import ValidationContext

from nca_stub.authority import Authority
from tests.eds.stage import AT, CONTENT

OPENSSL: Final = shutil.which("openssl") or "openssl"
COMMAND: Final = (
    "openssl cms -verify -binary -cades -inform DER -in CMS -content CONTENT -CAfile AUTHORITIES -purpose any -attime …"
)
NO_CRASH: Final = (Exception,)


def openssl_version() -> str:
    """Return what the command calls itself."""
    done = subprocess.run([OPENSSL, "version"], capture_output=True, text=True, check=True)  # noqa: S603 - no input.
    return done.stdout.partition(" (")[0]


def openssl_accepts(cms: bytes, authority: Authority, folder: Path) -> bool:
    """Say whether ``openssl cms -verify`` takes the signature over ``CONTENT`` under the pinned authorities."""
    held = (authority.issuing, authority.root)
    (folder / "authorities.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in held))
    (folder / "content").write_bytes(CONTENT)
    (folder / "cms").write_bytes(cms)
    asked = ("-verify", "-binary", "-cades", "-inform", "DER", "-in", "cms", "-content", "content", "-out", "out")
    trusted = ("-CAfile", "authorities.pem", "-purpose", "any", "-attime", str(int(AT.timestamp())))
    command = [OPENSSL, "cms", *asked, *trusted]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)  # noqa: S603 - our own files.
    return done.returncode == 0


def pyhanko_accepts(cms: bytes, authority: Authority) -> bool | None:
    """Say whether pyHanko calls the signature valid and trusted; None where it ends with an exception."""
    logging.disable(logging.CRITICAL)
    try:
        return asyncio.run(_asked(cms, authority))
    except NO_CRASH:
        return None


async def _asked(cms: bytes, authority: Authority) -> bool:
    root, issuing = (
        asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in (authority.root, authority.issuing)
    )
    content_info = asn1_cms.ContentInfo.load(cms)
    status = await pyhanko_validation.async_validate_detached_cms(
        CONTENT, content_info["content"], ValidationContext(trust_roots=[root], other_certs=[issuing], moment=AT)
    )
    return bool(status.intact and status.valid and status.trusted)

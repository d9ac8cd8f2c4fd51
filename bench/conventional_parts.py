"""What the usual way is made of: tokens by PyJWT, seals by PyJWT, a signature's check by pyHanko."""

import base64
import hashlib
import secrets
from functools import cache
from typing import Any, Final

import jwt
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, load_pem_public_key
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates
from fastapi import HTTPException
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko_certvalidator import ValidationContext

from bench.floor_parts import revoked_serials
from bench.scene import Scene

LIFE: Final = 60
REFUSED: Final = HTTPException(401)


class Envelopes:
    """Tokens between the processes, bound to path and body."""

    def __init__(self, scene: Scene, role: str) -> None:
        self._scene, self._role = scene, role
        self._folder = scene.layout.keys / "services"
        self._key = load_pem_private_key((self._folder / f"{role}.key.pem").read_bytes(), None)
        self._opened: set[str] = set()

    def seal(self, audience: str, path: str, body: bytes) -> dict[str, str]:
        """Return the headers of a call."""
        now = int(self._scene.now().timestamp())
        claims = {
            "iss": self._role, "aud": audience, "iat": now, "exp": now + LIFE, "jti": secrets.token_urlsafe(16),
            "htm": "POST", "htu": path, "bsh": hashlib.sha256(body).hexdigest(),
        }  # fmt: skip
        token = jwt.encode(claims, self._key, "ES256", {"kid": self._role})  # type: ignore[arg-type]
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def open(self, caller: str, authorization: str, path: str, body: bytes) -> None:
        """Raise 401 unless the caller sealed exactly this call, for us, for the first time."""
        claims = decoded(authorization.removeprefix("Bearer "), self._public(caller), self._role)
        if (claims["htu"], claims["bsh"]) != (path, hashlib.sha256(body).hexdigest()) or claims["jti"] in self._opened:
            raise REFUSED
        if claims["exp"] <= self._scene.now().timestamp():
            raise REFUSED
        self._opened.add(claims["jti"])

    @cache  # noqa: B019 - one object a process, which lives as long as the process.
    def _public(self, caller: str) -> Any:  # noqa: ANN401 - whatever key PyJWT takes.
        return load_pem_public_key((self._folder / f"{caller}.pub.pem").read_bytes())


def decoded(token: str, key: Any, audience: str | None = None) -> dict[str, Any]:  # noqa: ANN401 - whatever key PyJWT takes.
    """Return the claims of a token whose signature holds; its times are the caller's to check, by the stack's clock."""
    unchecked: Any = {"verify_exp": False, "verify_iat": False, "verify_aud": audience is not None}
    try:
        return jwt.decode(token, key, ["ES256"], audience=audience, options=unchecked)
    except jwt.InvalidTokenError:
        raise REFUSED from None


class Seals:
    """Documents and answers sealed by organisations."""

    def __init__(self, scene: Scene) -> None:
        self._folder = scene.layout.seals
        self._issuing = load_der_x509_certificate((scene.layout.trust / "issuing.cer").read_bytes())

    def seal(self, bin_: str, said: dict[str, Any]) -> str:
        """Return the document as a JWS."""
        key, x5c = self._loaded(bin_)
        return jwt.encode(said, key, "ES256", {"x5c": x5c})

    def open(self, jws: str) -> dict[str, Any]:
        """Return what was sealed by an organisation that the authority knows."""
        return decoded(jws, self._key_of(jwt.get_unverified_header(jws)["x5c"][0]))

    @cache  # noqa: B019 - as above.
    def _loaded(self, bin_: str) -> tuple[Any, list[str]]:
        key = load_pem_private_key((self._folder / f"{bin_}.key.pem").read_bytes(), None)
        chain = load_pem_x509_certificates((self._folder / f"{bin_}.chain.pem").read_bytes())
        return key, [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]

    @cache  # noqa: B019 - as above.
    def _key_of(self, x5c: str) -> Any:  # noqa: ANN401 - whatever key PyJWT takes.
        certificate = load_der_x509_certificate(base64.b64decode(x5c))
        certificate.verify_directly_issued_by(self._issuing)
        return certificate.public_key()


class Signatures:
    """Detached signatures of citizens, by pyHanko; revocation by a set of serial numbers, which spares it the list."""

    def __init__(self, scene: Scene) -> None:
        trust = scene.layout.trust
        self._scene = scene
        self._root, self._issuing = (
            asn1_x509.Certificate.load((trust / name).read_bytes()) for name in ("root.cer", "issuing.cer")
        )
        self._revoked = revoked_serials(scene)

    async def check(self, cms: bytes, content: bytes, iin: str) -> dict[str, Any]:
        """Return the evidence of a good signature; raises 422 for any other."""
        try:
            data = asn1_cms.ContentInfo.load(cms)["content"]
            context = ValidationContext(
                trust_roots=[self._root],
                other_certs=[self._issuing],
                moment=self._scene.now(),
                allow_fetching=False,
            )
            status = await async_validate_detached_cms(content, data, signer_validation_context=context)
            certificate = status.signing_cert
            named = certificate.subject.native["serial_number"]
        except (ValueError, KeyError, TypeError):
            raise HTTPException(422) from None
        if not status.bottom_line or certificate.serial_number in self._revoked or named != f"IIN{iin}":
            raise HTTPException(422)
        signature = data["signer_infos"][0]["signature"].native
        return {
            "signature_sha256": hashlib.sha256(signature).hexdigest(),
            "at": self._scene.now().isoformat(),
            "chain": [base64.b64encode(one.dump()).decode() for one in (certificate, self._issuing, self._root)],
        }

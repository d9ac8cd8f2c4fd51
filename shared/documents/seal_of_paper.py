"""Sealing a PDF: PAdES by the organisation's key (ETSI EN 319 142-1), with a time stamp where an authority gives one.

The seal is invisible, certifies the file, and allows no change after it (DocMDP 1).
"""

import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asn1crypto import tsp
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate as Asn1Certificate
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.metadata.model import DocumentMetadata
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from shared.eds.jws import Seal

FIELD: Final = "Seal"
RESERVED: Final = 24_576
"""Hexadecimal digits kept free for the seal with its certificates and its time stamp; it takes half of them."""
AskForStamp = Callable[[bytes], Awaitable[bytes]]
"""Sends a TimeStampReq (DER) to the authority and returns its TimeStampResp; OSError where none comes."""


class NotStamped(Exception):
    """The time stamping authority gave no stamp."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """By what, when (aware) and why a paper is sealed; ``ask_for_stamp`` None where no authority is configured."""

    seal: Seal
    at: datetime
    reason: str
    ask_for_stamp: AskForStamp | None = None


async def sealed_paper(paper: bytes, sealing: Sealing) -> bytes:
    """Return the PDF with its seal; raises NotStamped where a stamp is asked for and not given."""
    writer = _Writer(io.BytesIO(paper), sealing.at)
    stamper = None if sealing.ask_for_stamp is None else _Stamper(sealing.ask_for_stamp)
    session = _signer(sealing, stamper).init_signing_session(writer)
    session.system_time = sealing.at
    to_sign = session.prepare_tbs_document(validation_info=None, bytes_reserved=RESERVED)
    digest, output = to_sign.digest_tbs_document()
    try:
        signed = await to_sign.perform_signature(digest.document_digest, PdfCMSSignedAttributes())
    except (OSError, TimestampRequestError, ValueError) as fault:
        if stamper is None:
            raise
        raise NotStamped from fault
    await signed.post_signature_processing(output)
    output.seek(0)
    return bytes(output.read())


def _signer(sealing: Sealing, stamper: TimeStamper | None) -> signers.PdfSigner:
    chain = [Asn1Certificate.load(one.der) for one in sealing.seal.chain if one.subject != one.issuer]
    key = sealing.seal.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    by = signers.SimpleSigner(
        signing_cert=chain[0],
        signing_key=PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore.from_certs(chain[1:]),
        embed_roots=False,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=sealing.reason,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    # PDF/A asks for the print flag, PDF/UA for a box outside the sheet and a name that can be read aloud.
    field = fields.SigFieldSpec(
        FIELD,
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
        readable_field_name="Электрондық мөр / Электронная печать",
    )
    return signers.PdfSigner(meta, by, timestamper=stamper, new_field_spec=field)


class _Writer(IncrementalPdfFileWriter):
    """Writes our own time into the file, not the machine's."""

    def __init__(self, source: io.BytesIO, at: datetime) -> None:
        super().__init__(source)
        self._meta = _Metadata(at)

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Leave the file's version alone: PDF/A-3 is PDF 1.7, whatever newer thing the seal is."""


class _Metadata(DocumentMetadata):
    """Metadata that were last changed at a time of ours, whatever the library would write."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        super().__setattr__("last_modified", at)

    def __setattr__(self, name: str, value: object) -> None:
        if name != "last_modified":
            super().__setattr__(name, value)


class _Stamper(TimeStamper):
    """Asks for stamps by whatever reaches the authority."""

    def __init__(self, ask: AskForStamp) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # The library left this one untyped.
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the authority's answer."""
        return tsp.TimeStampResp.load(await self._ask(req.dump()))

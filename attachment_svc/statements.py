"""What the register states under its seal (HV-12, AP-12): everything that a person is attached to, for one asking."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric import rsa

from attachment_svc.holdings import Stay
from shared.eds.jws import Seal
from shared.kit.attachments import TYPE, Attachment, AttachmentStatement


def statement(iin: str, nonce: str, held: Sequence[Stay], at: datetime, on: date | None = None) -> AttachmentStatement:
    """Return the statement of what holds now, or on a local day to come; ``at`` is aware."""
    attachments = tuple(_attachment(one) for one in held)
    return AttachmentStatement(iin=iin, nonce=nonce, issued_at=at, attachments=attachments, on=on)


async def sealed(seal: Seal, said: AttachmentStatement) -> str:
    """Return the statement as a compact JWS; an RSA key signs beside the event loop, for it takes its time."""
    payload = said.model_dump_json(exclude_none=True).encode()
    if isinstance(seal.key, rsa.RSAPrivateKey):
        return await asyncio.to_thread(seal.sign, payload, typ=TYPE)
    return seal.sign(payload, typ=TYPE)


def _attachment(held: Stay) -> Attachment:
    return Attachment.model_validate(
        {
            "provider_bin": held.provider_bin,
            "district": {"number": held.seat.number, "kind": held.seat.kind},
            "doctor": {"id": held.seat.doctor_id, "name": held.seat.doctor_name},
            "since": held.since,
        }
    )

"""What is sent: a thin payload, and Standard Webhooks signatures over exactly these bytes (standardwebhooks.com)."""

import base64
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from secrets import token_bytes
from typing import Final
from uuid import UUID

PREFIX: Final = "whsec_"


def new_secret() -> bytes:
    """Return a fresh secret: 256 random bits."""
    return token_bytes(32)


def told(secret: bytes) -> str:
    """Return a secret as its receiver keeps it."""
    return PREFIX + base64.b64encode(secret).decode()


def payload(kind: str, occurred_at: datetime, about: dict[str, str | None]) -> bytes:
    """Return the bytes of an event: what happened, when, to which request; no person."""
    said = {"type": kind, "timestamp": occurred_at.isoformat(), "data": about}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers(event_id: UUID, body: bytes, secrets: Sequence[bytes], at: datetime) -> dict[str, str]:
    """Return the headers of one attempt; with two secrets in force there are two signatures.

    Args:
        event_id: The event's number; the same at each attempt, by it a receiver knows what it has already.
        body: The exact bytes.
        secrets: Those in force now.
        at: Now by the machine's clock (aware), for the receiver compares it with its own.
    """
    name, moment = f"msg_{event_id.hex}", str(int(at.timestamp()))
    signed = b".".join((name.encode(), moment.encode(), body))
    signatures = [base64.b64encode(hmac.digest(secret, signed, "sha256")).decode() for secret in secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": "almaty-primary-care-webhooks",
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }

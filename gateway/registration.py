"""Process 0 (HV-16.1): a person registers with IIN, password, and a signature that shows that the IIN is theirs.

1. ``make_challenge``: bytes to sign, the same for anyone whose IIN is written rightly.
2. ``register``: condition 2 on the signature, condition 1 on the person, then the account.

Who is registered already sets a new password this way: the EDS is the stronger proof. Every session ends then, and the
password path is open again from here (docs/decisions/0006).
"""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from gateway import accounts, attempts, sessions
from gateway.accounts import Account, Challenge, Evidence
from gateway.attempts import Attempt
from gateway.conditions import PersonNotAuthentic, ask_registry, data_authentic
from gateway.login import TooManyAttempts
from gateway.passwords import check_choice
from gateway.refusals import SignatureCannotBeChecked, SignatureNotConfirmed
from gateway.world import World
from shared.eds.verdict import Verdict
from shared.kit.identifiers import uuid7
from shared.kit.problems import Conflict
from shared.law.text import Text

CHALLENGE_LIFE: Final = timedelta(minutes=10)
PURPOSE: Final = Text(
    "Порталда тіркелу және құпиясөз орнату (кейін құпиясөзді қалпына келтіру де осылай)",
    "Регистрация на портале и установка пароля (так же и восстановление пароля)",
    "Registration on the portal and setting a password (also setting it anew)",
)


class ChallengeNotValid(Conflict):
    """There is no such challenge for this person, or it has served or expired; a new one is made at any time."""

    slug = "challenge-not-valid"
    title = Text(
        "Тіркелу тапсырмасы жарамсыз, жаңасын сұраңыз",
        "Задание для регистрации недействительно, запросите новое",
        "The challenge is not valid, ask for a new one",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person sends to register."""

    challenge_id: UUID
    iin: str = field(repr=False)
    password: str = field(repr=False)
    cms: bytes = field(repr=False)


async def make_challenge(world: World, iin: str, network: str) -> Challenge:
    """Return the bytes that this person signs within ten minutes; nothing is said of whether they exist."""
    at = world.now()
    challenge_id, expires_at = uuid7(at), at + CHALLENGE_LIFE
    content = {
        "purpose": PURPOSE.as_dict(),
        "challenge_id": str(challenge_id),
        "iin": iin,
        "nonce": token_urlsafe(24),
        "issued_at": at.isoformat(timespec="seconds"),
        "expires_at": expires_at.isoformat(timespec="seconds"),
    }
    challenge = Challenge(challenge_id, iin, json.dumps(content, ensure_ascii=False, indent=2).encode(), at, expires_at)
    await _count(world, network, at)
    async with world.database.transaction() as c:
        await accounts.put_challenge(c, challenge)
    return challenge


async def register(world: World, asked: Asked, network: str) -> Account:
    """Give the person an account, or their account a new password; returns the account.

    Raises:
        TooManyAttempts: Too many registrations from this network.
        PasswordNotAccepted: The password is too short, too common, …
        ChallengeNotValid: Another person's, used, expired, or none of ours.
        SignatureNotConfirmed: Condition 2 does not hold; the challenge stays.
        SignatureCannotBeChecked: The list of revoked certificates cannot be had now.
        PersonNotAuthentic: Condition 1 does not hold.
        RegistryUnavailable: The registry does not answer now.
    """
    at = world.now()
    await _count(world, network, at)
    check_choice(asked.password, asked.iin)
    async with world.database.connection() as c:
        challenge = await accounts.challenge_with_id(c, asked.challenge_id)
    if challenge is None or not challenge.usable(asked.iin, at):
        raise ChallengeNotValid
    verdict = await _confirmed(world, asked, challenge, at)
    answer = await ask_registry(world.registry, asked.iin)
    if not data_authentic(answer.person):
        raise PersonNotAuthentic(clause="HV-16.3")
    account = Account(uuid7(at), asked.iin, await world.passwords.hashed(asked.password), at, at)
    evidence = Evidence(challenge.challenge_id, asked.cms, verdict, answer.jws, at)
    return await _write(world, account, evidence, Attempt(asked.iin, network, at))


async def _confirmed(world: World, asked: Asked, challenge: Challenge, at: datetime) -> Verdict:
    """Condition 2, and process 4 where it does not hold."""
    verdict = await world.confirm_signature(asked.cms, challenge.content, asked.iin, at)
    if verdict.status == "undetermined":
        raise SignatureCannotBeChecked(verdict.words, code=verdict.code)
    if not verdict.confirmed or verdict.signature_sha256 is None:
        raise SignatureNotConfirmed(verdict.words, code=verdict.code, clause="HV-16.7")
    return verdict


async def _write(world: World, account: Account, evidence: Evidence, attempt: Attempt) -> Account:
    async with world.database.transaction() as c:
        if not await accounts.use_challenge(c, evidence.challenge_id, evidence.at):
            raise ChallengeNotValid
        kept = await accounts.put_account(c, account)
        await accounts.put_evidence(c, evidence, kept.id)
        await sessions.end_sessions_of(c, kept.id, evidence.at)
        await attempts.open_again(c, attempt)
        await attempts.remember(c, kept.id, attempt)
    return kept


async def _count(world: World, network: str, at: datetime) -> None:
    async with world.database.transaction() as c:
        wait = await attempts.count_registration(c, network, at)
    if wait:
        raise TooManyAttempts(wait)


def as_text(challenge: Challenge) -> str:
    """Return the bytes to sign in base64."""
    return b64encode(challenge.content).decode()

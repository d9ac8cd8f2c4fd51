"""Passwords: which are accepted (NIST SP 800-63B), how they are compared (RFC 8265), how they are kept (argon2id)."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes
from typing import Final, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError

from gateway.workers import Workers, WorkersBusy
from shared.kit.problems import Unprocessable
from shared.law.text import Text

SHORTEST: Final = 8
"""Code points after preparation (NIST SP 800-63B); nothing is said about which kinds of characters."""
LONGEST: Final = 1024
"""UTF-8 bytes: long phrases are welcome, and never cut; the limit only bounds the work."""
HASHING_SECONDS: Final = 5.0
WAITING: Final = 500
"""How many hashes may stand in the queue: what two threads do within the limit. Who waits longer is dropped undone."""
Result = TypeVar("Result")
COMMON: Final = Path(__file__).parent / "common_passwords.txt"

_REASONS: Final = {
    "password-too-short": Text(
        "Құпиясөз кемінде 8 таңбадан тұруы керек",
        "Пароль должен содержать не менее 8 символов",
        "The password needs at least 8 characters",
    ),
    "password-too-long": Text(
        "Құпиясөз 1024 байттан аспауы керек",
        "Пароль не должен превышать 1024 байта",
        "The password may have at most 1024 bytes",
    ),
    "password-character": Text(
        "Құпиясөзде басқару немесе көрінбейтін таңбалар бар",
        "Пароль содержит управляющие или невидимые символы",
        "The password contains control or invisible characters",
    ),
    "password-common": Text(
        "Бұл құпиясөз тым кең таралған",
        "Этот пароль слишком распространён",
        "This password is too common",
    ),
    "password-personal": Text(
        "Құпиясөзде ЖСН болмауы керек",
        "Пароль не должен содержать ИИН",
        "The password may not contain the IIN",
    ),
}


class PasswordNotAccepted(Unprocessable):
    """The password chosen at registration cannot be taken; ``code`` says why."""

    slug = "password-not-accepted"
    title = Text("Құпиясөз қабылданбады", "Пароль не принят", "The password is not accepted")

    def __init__(self, code: str) -> None:
        """Give the reason's code; its words follow."""
        super().__init__(_REASONS[code], errors=[{"pointer": "/password", "code": code}])


def prepared(text: str) -> bytes:
    """Return what is hashed: the OpaqueString profile of RFC 8265, section 4.2, in UTF-8.

    Spaces of every kind become U+0020 and the text is brought to NFC, so that the same keys on another keyboard or
    system give the same password. NFKC would also merge characters that the person sees as different; RFC 8265 left it.
    Characters that RFC 8265 refuses stay as they are: no stored password has them, so nothing can match.
    """
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in text)
    return unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass")


def check_choice(text: str, iin: str) -> None:
    """Raise PasswordNotAccepted unless the text may become the password of the person with this IIN."""
    if any(unicodedata.category(character)[0] == "C" for character in text):
        raise PasswordNotAccepted("password-character")
    ready = prepared(text)
    if len(ready) > LONGEST:
        raise PasswordNotAccepted("password-too-long")
    if len(ready.decode()) < SHORTEST:
        raise PasswordNotAccepted("password-too-short")
    if ready.decode().casefold() in common_passwords() or not ready.strip():
        raise PasswordNotAccepted("password-common")
    if iin in text:
        raise PasswordNotAccepted("password-personal")


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Return the passwords that everybody tries first, case-folded; the file tells its source and licence."""
    lines = COMMON.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and line != "#" and not line.startswith("# "))


class Passwords:
    """Hashes and compares, never on the event loop: 19 MiB and some 20 ms each (OWASP's parameters of argon2id)."""

    def __init__(self, workers: Workers) -> None:
        """Make the dummy that stands for a person who has no account; it takes one hash."""
        self._workers = workers
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
        self._dummy = self._hasher.hash(token_bytes(16))

    async def hashed(self, text: str) -> str:
        """Return the hash to keep; raises WorkersBusy."""
        ready = prepared(text)
        return await self._run(lambda: self._hasher.hash(ready))

    async def matches(self, text: str, kept: str | None) -> bool:
        """Say whether the text is the password kept; without one the same work is done and the answer is no.

        Raises WorkersBusy.
        """
        ready = prepared(text)
        same = await self._run(lambda: self._same(kept or self._dummy, ready))
        return same and kept is not None

    def outdated(self, kept: str) -> bool:
        """Say whether the hash was made with other parameters than today's, so that it is made anew at log-in."""
        return self._hasher.check_needs_rehash(kept)

    async def _run(self, work: Callable[[], Result]) -> Result:
        try:
            return await self._workers.run(work, limit=HASHING_SECONDS)
        except TimeoutError as slow:
            raise WorkersBusy from slow

    def _same(self, kept: str, ready: bytes) -> bool:
        try:
            return self._hasher.verify(kept, ready)
        except VerifyMismatchError:
            return False

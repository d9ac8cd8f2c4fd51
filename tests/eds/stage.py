"""A stage for tests of signatures: one authority, its lists, and people of every kind; keys are made once a session."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from nca_stub import certificates, profiles
from nca_stub.authority import Authority, Issued, Kind, create_authority
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey
from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from nca_stub.profiles import Profile
from nca_stub.signing import AS_NCALAYER, DIGEST_OIDS, Making, sign_cms
from nca_stub.stamper import AS_PUBLISHED, Stamper, Stamping
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.revocation import Revocation
from shared.eds.trust import Trust
from shared.eds.verdict import Role, Verdict

AT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
IIN = "900101300017"
OTHER_IIN = "900101300028"
BIN = "990140000017"
OTHER_BIN = "990140000028"
NAME = "АХМЕТОВА АЙГҮЛ БОЛАТҚЫЗЫ"
CLINIC = "КГП на ПХВ «Городская поликлиника № 5» Управления общественного здоровья города Алматы"
CONTENT = b'{"service":"home-visit","nonce":"5b8f"}'
CITIZEN = Expected(IIN)
OFFICIAL = Expected(IIN, BIN, frozenset({Role.HEAD, Role.RIGHT_TO_SIGN}))


@dataclass
class Stage:
    """An authority that stands at ``AT``, with whom it certified, by a word."""

    authority: Authority
    trust: Trust
    key: PrivateKey
    """One key, RSA-2048 or GOST, in most certificates: making keys is what takes time."""
    people: dict[str, Issued] = field(default_factory=dict)

    @property
    def lists(self) -> RevocationLists:
        return RevocationLists(self.authority)

    def store(self, at: datetime = AT) -> CrlStore:
        """Return a store with the lists as they are published at the time."""
        store = CrlStore(self.trust)
        store.accept(self.lists.full(at))
        return store

    def order(self, profile: Profile = profiles.INDIVIDUAL_SIGN, **changes: object) -> Order:
        """Return an individual's order with some things changed."""
        if self.is_gost:
            said_2022 = profiles.in_gost(profile)
            profile = said_2022 if profile == profiles.INDIVIDUAL_SIGN else replace(profile, usages=said_2022.usages)
        said = {"profile": profile, "key": self.key, **changes}
        return replace(Order.individual(IIN, NAME, AT), **said)  # type: ignore[arg-type]

    @property
    def digest_oid(self) -> str:
        return DIGEST_OIDS["streebog512" if self.is_gost else "sha256"]

    @property
    def is_gost(self) -> bool:
        return self.authority.kind == "gost"

    def person(self, word: str, order: Callable[[], Order] | None = None) -> Issued:
        """Return whom the word stands for; the first time the certificate is issued by the order."""
        if word not in self.people:
            self.people[word] = self.authority.issue(order() if order else self.order())
        return self.people[word]

    @property
    def citizen(self) -> Issued:
        return self.person("citizen")

    def official(self, role: Role = Role.HEAD, bin_: str = BIN) -> Issued:
        order = replace(Order.official(IIN, NAME, (bin_, CLINIC), role, AT), key=self.key)
        return self.person(f"{role} of {bin_}", lambda: order)

    def odd(self, word: str, change: Callable[[x509.CertificateBuilder], x509.CertificateBuilder]) -> Issued:
        """Return someone whose certificate was changed before it was signed."""
        if word not in self.people:
            builder = change(certificates.leaf(self.order(), self.key, self.authority.issuing))
            self.people[word] = Issued(self.key, self.authority.sign(builder, self.key), self.authority.issuing)
        return self.people[word]

    def subject(self, *attributes: tuple[x509.ObjectIdentifier, str]) -> Issued:
        """Return someone with exactly this subject."""
        return self.person(repr(attributes), lambda: self.order(subject=attributes))

    def sign(self, who: Issued | None = None, making: Making = AS_NCALAYER, at: datetime = AT) -> bytes:
        """Return the signature over ``CONTENT`` of someone, the citizen unless said."""
        who = who or self.citizen
        key = self.key if isinstance(who.key, ec.EllipticCurvePrivateKey) else who.key
        return sign_cms(CONTENT, key, who.certificate, at, making)

    def stamped(self, cms: bytes | None = None, stamping: Stamping = AS_PUBLISHED, at: datetime = AT) -> bytes:
        """Return a signature with a time stamp of the stage's own desk, the citizen's signature unless given."""
        return Stamper(self.authority).stamped(self.sign() if cms is None else cms, at, stamping)

    def made(self, who: Issued | None = None, **changes: object) -> bytes:
        """Return a signature made otherwise than NCALayer makes it."""
        return self.sign(who, Making(**changes))  # type: ignore[arg-type]

    def verdict(
        self,
        cms: bytes,
        expected: Expected = CITIZEN,
        *,
        content: bytes = CONTENT,
        at: datetime = AT,
        revocation: Revocation | None = None,
    ) -> Verdict:
        """Verify with everything as it should be but what is given."""
        store = revocation or self.store()
        return verify_cms(cms, content, trust=self.trust, revocation=store, at=at, expected=expected)


def set_stage(folder: Path, kind: Kind = "rsa") -> Stage:
    """Create an authority in the folder, or take the one that is there."""
    authority = create_authority(folder / "nca", AT - timedelta(days=2), kind)
    trust = folder / f"trust {kind}"
    authority.write_trust(trust)
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return Stage(authority, Trust.from_folder(trust), GostKey.generate() if kind == "gost" else rsa_key)


def name_without(*left_out: x509.ObjectIdentifier) -> tuple[tuple[x509.ObjectIdentifier, str], ...]:
    """Return the citizen's subject without some attributes."""
    return tuple((oid, value) for oid, value in Order.individual(IIN, NAME, AT).subject if oid not in left_out)


WITHOUT_IIN = name_without(NameOID.SERIAL_NUMBER)

"""Signatures whose time stamp must be refused, each with the code that says why; by the stub's own desk."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.serialization import Encoding

from nca_stub import certificates, profiles
from nca_stub.encoding import octets, oid
from nca_stub.keys import PrivateKey
from nca_stub.profiles import Profile
from nca_stub.signing import Making, attribute
from nca_stub.stamper import Stamper, Stamping, stamp_attribute, with_unsigned
from shared.eds.profile import EMAIL_PROTECTION
from shared.eds.signed_data import MESSAGE_DIGEST, SignedData
from shared.eds.time_stamp import SIGNATURE_TIME_STAMP, TIME_STAMPING
from tests.eds.bad_cases import Make
from tests.eds.stage import AT, Stage


class OddDesk(Stamper):
    """A desk with another key and certificate than the authority's own."""

    def __init__(self, stage: Stage, profile: Profile, **changes: object) -> None:
        super().__init__(stage.authority)
        key: PrivateKey = stage.key
        order = replace(stage.order(profile, key=key), **changes)  # type: ignore[arg-type]
        builder = certificates.leaf(replace(order, profile=profile), key, stage.authority.issuing)
        self.__dict__["desk"] = (key, stage.authority.sign(builder, key).public_bytes(Encoding.DER))


def _by(profile: Profile, **changes: object) -> Make:
    return lambda s: OddDesk(s, profile, **changes).stamped(s.sign(), AT)


def _made(**changes: object) -> Make:
    return lambda s: s.stamped(stamping=Stamping(making=Making(**changes)))  # type: ignore[arg-type]


def _holding(*tokens: Callable[[Stage, bytes], bytes]) -> Make:
    """Put tokens made from the signature value into the attribute."""

    def make(stage: Stage) -> bytes:
        cms = stage.sign()
        value = SignedData.read(cms).signature
        return with_unsigned(cms, stamp_attribute(*(token(stage, value) for token in tokens)))

    return make


def _token(stage: Stage, value: bytes) -> bytes:
    return Stamper(stage.authority).stamp(value, AT)


def _twice_beside_each_other(stage: Stage) -> bytes:
    cms = stage.sign()
    one = stamp_attribute(_token(stage, SignedData.read(cms).signature))
    return with_unsigned(cms, one, one)


def _of_another(stage: Stage) -> bytes:
    stamped = stage.stamped(stage.sign(at=AT - timedelta(minutes=1)))
    token = next(value.raw for one in SignedData.read(stamped).unsigned for value in one.children[1].children)
    return with_unsigned(stage.sign(), stamp_attribute(token))


def _changed(old: bytes, new: bytes) -> Make:
    def change(stage: Stage, value: bytes) -> bytes:
        token = _token(stage, value)
        assert old in token
        return token.replace(old, new)

    return _holding(change)


def _expired_before(stage: Stage) -> bytes:
    days = timedelta(days=1)
    who = stage.person("expired", lambda: stage.order(not_before=AT - 300 * days, not_after=AT - days))
    return stage.stamped(stage.sign(who))


def _without(kind: str) -> Callable[[list[bytes]], list[bytes]]:
    return lambda attributes: [one for one in attributes if oid(kind) not in one]


STAMPER = profiles.STAMPER
STAMPS: Mapping[str, tuple[str, Make]] = {
    "no token at all": (
        "time_stamp_wrong",
        lambda s: with_unsigned(s.sign(), attribute(SIGNATURE_TIME_STAMP, octets(b""))),
    ),
    "a text for a token": ("time_stamp_wrong", _holding(lambda *_: octets(b"2026-11-24"))),
    "two tokens": ("time_stamp_wrong", _holding(_token, _token)),
    "two attributes": ("time_stamp_wrong", _twice_beside_each_other),
    "the signature of another minute stamped": ("time_stamp_differs", _of_another),
    "the stamp of the content": ("time_stamp_differs", _holding(lambda s, _: _token(s, b"the content"))),
    "an empty value stamped": ("time_stamp_differs", _holding(lambda s, _: _token(s, b""))),
    "an imprint by SHA-1": ("time_stamp_wrong", lambda s: s.stamped(stamping=Stamping(digest="sha1"))),
    "a policy of another authority": ("time_stamp_policy", lambda s: s.stamped(stamping=Stamping(policy="1.2.3.4"))),
    "the policy of 34.10-2004": (
        "time_stamp_policy",
        lambda s: s.stamped(stamping=Stamping(policy="1.2.398.3.3.2.6.1")),
    ),
    "a citizen's key": ("time_stamp_untrusted", _by(profiles.INDIVIDUAL_SIGN)),
    "a purpose beside stamping": (
        "time_stamp_untrusted",
        _by(replace(STAMPER, purposes=(TIME_STAMPING, EMAIL_PROTECTION))),
    ),
    "a purpose that is not critical": ("time_stamp_untrusted", _by(replace(STAMPER, one_purpose=False))),
    "a key not for signing": ("time_stamp_untrusted", _by(replace(STAMPER, usages=frozenset({"key_agreement"})))),
    "a desk out of force": ("time_stamp_untrusted", _by(STAMPER, not_after=AT - timedelta(hours=1))),
    "no certificate of the desk": ("time_stamp_wrong", _made(certificates=())),
    "two desks": ("time_stamp_wrong", _made(signers=2)),
    "a lying digest of the stamp": ("time_stamp_wrong", _made(imprint=bytes(64))),
    "another certificate named by the stamp": ("time_stamp_wrong", _made(names=b"another")),
    "the time changed afterwards": ("time_stamp_wrong", _changed(b"20261124050000Z", b"20261124040000Z")),
    "a stamp of version 1": ("time_stamp_wrong", _made(version=1)),
    "a stamp's signature of zeros": ("time_stamp_wrong", _made(signer=lambda p: [*p[:5], octets(bytes(128))])),
    "no digest in the stamp": ("time_stamp_wrong", _made(attributes=_without(MESSAGE_DIGEST))),
    "a stamp of tomorrow": ("time_stamp_wrong", lambda s: s.stamped(at=AT + timedelta(days=1))),
    "a stamp before the signature": ("signing_time_out_of_range", lambda s: s.stamped(at=AT - timedelta(hours=1))),
    "stamped when it had expired": ("expired", _expired_before),
}

"""Whatever is done to a signature, it is refused without an exception: every flipped bit, 50 000 random mutants.

With EDS_LONG=1 every bit of the GOST certificate is flipped too (a minute more), and ten times as many mutants made.
The work is dealt out to as many processes as there are processors.
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from multiprocessing import get_context

import pytest

from nca_stub.encoding import tlv
from nca_stub.stamper import Stamper
from shared.eds import der, gost_engine, gost_keys
from shared.eds.certificate import Certificate
from shared.eds.cms import verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.revocation import CrlNotValid
from shared.eds.signed_data import SignedData
from shared.eds.trust import Trust
from tests.eds.stage import AT, CITIZEN, CONTENT, Stage

LONG = os.environ.get("EDS_LONG") == "1"
TIMES = 10 if LONG else 1
PROCESSES = min(os.cpu_count() or 1, 8)
SEED = 20_261_124


class Digesting:
    """The arithmetic of GOST as ever, but that digests of the same octets are worked out once."""

    def holds(self, info: bytes, signature: bytes, data: bytes, digest: str) -> bool:
        return gost_keys.read(info).confirms(signature, self.digest(digest, data))

    def digest(self, name: str, data: bytes) -> bytes:
        return _digest(name, data)


@lru_cache(maxsize=64)
def _digest(name: str, data: bytes) -> bytes:
    return gost_engine.HERE.digest(name, data)


@dataclass(frozen=True)
class Judge:
    """A verifier that can be sent to another process: the pinned authorities and the list, as DER."""

    anchors: tuple[bytes, ...]
    lists: bytes

    @classmethod
    def of(cls, stage: Stage) -> "Judge":
        return cls(tuple(one.der for one in stage.trust.anchors), stage.lists.full(AT))

    def status(self, cms: bytes) -> str:
        trust, store = _trust(self)
        return verify_cms(cms, CONTENT, trust=trust, revocation=store, at=AT, expected=CITIZEN).status


@cache
def _trust(judge: Judge) -> tuple[Trust, CrlStore]:
    trust = Trust(Certificate.read(one) for one in judge.anchors)
    store = CrlStore(trust)
    store.accept(judge.lists)
    return trust, store


def _begin() -> None:
    gost_engine.use(Digesting())


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), initializer=_begin) as pool:
        yield pool


def dealt(pool: ProcessPoolExecutor, work: Callable[..., list[int]], *given: object) -> list[int]:
    """Have each process do its share, told as (which, of how many); return what all of them found."""
    shares = [pool.submit(work, (which, PROCESSES), *given) for which in range(PROCESSES)]
    return [one for share in shares for one in share.result()]


def survivors(share: tuple[int, int], judge: Judge, cms: bytes, places: Sequence[int]) -> list[int]:
    """Return the bits of the share whose flip was not refused."""
    which, of = share
    found = []
    for place in places[which::of]:
        flipped = bytearray(cms)
        flipped[place // 8] ^= 1 << place % 8
        if judge.status(bytes(flipped)) != "refused":
            found.append(place)
    return found


def surviving_mutants(share: tuple[int, int], judge: Judge, cms: bytes, count: int) -> list[int]:
    """Return which mutants of the share were not refused."""
    which, of = share
    made = enumerate(mutants(cms, SEED + which, count // of + 1))
    return [place for place, mutant in made if judge.status(mutant) != "refused" and mutant != cms]


def test_what_is_dealt_out_is_done_and_a_genuine_signature_survives(either: Stage, pool: ProcessPoolExecutor) -> None:
    """Otherwise the tests below would find nothing, whatever the verifier does."""
    cms, judge = either.sign(), Judge.of(either)
    assert dealt(pool, genuine, judge, cms) == list(range(PROCESSES))


def genuine(share: tuple[int, int], judge: Judge, cms: bytes) -> list[int]:
    return [share[0]] if judge.status(cms) == "confirmed" else []


def test_no_single_flipped_bit_of_an_rsa_signature_passes(stage: Stage, pool: ProcessPoolExecutor) -> None:
    cms = stage.sign()
    assert dealt(pool, survivors, Judge.of(stage), cms, range(len(cms) * 8)) == []


def test_no_single_flipped_bit_of_a_gost_signature_passes(gost: Stage, pool: ProcessPoolExecutor) -> None:
    """Every bit of the signature value, the signed attributes and the structure; one an octet of the certificate."""
    cms = gost.sign()
    held = cms.index(gost.citizen.der)
    thin = range(held, held + len(gost.citizen.der)) if not LONG else range(0)
    places = [place for place in range(len(cms) * 8) if place // 8 not in thin or place % 8 == place // 8 % 8]
    assert dealt(pool, survivors, Judge.of(gost), cms, places) == []


def test_no_single_flipped_bit_of_a_stamp_passes(stage: Stage, pool: ProcessPoolExecutor) -> None:
    cms = stage.stamped()
    token = next(value for one in SignedData.read(cms).unsigned for value in one.children[1].children)
    desk = Stamper(stage.authority).desk[1]
    thin = range(cms.index(desk), cms.index(desk) + len(desk))
    places = [
        place
        for place in range(token.start * 8, token.end * 8)
        if LONG or place % (8 if place // 8 in thin else 2) == place // 8 % 2
    ]
    assert dealt(pool, survivors, Judge.of(stage), cms, places) == []


def mutants(cms: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Yield random mutants: octets changed in their place; pieces cut out, doubled, put in, moved."""
    dice = random.Random(seed)  # noqa: S311 - seeded on purpose.
    pieces = [node.raw for node in nodes_of(der.read(cms))]
    for _ in range(count):
        if dice.random() < 0.3:
            octets = bytearray(cms)
            for _ in range(dice.randint(1, 4)):
                octets[dice.randrange(len(octets))] = dice.randrange(256)
            yield bytes(octets)
            continue
        start, end = sorted(dice.choices(range(len(cms) + 1), k=2))
        filling = dice.choice([b"", dice.randbytes(dice.randint(1, 8)), dice.choice(pieces), cms[start:end] * 2])
        yield cms[:start] + filling + cms[min(end, start + dice.choice([0, 1, len(filling), len(cms)])) :]


@pytest.mark.parametrize(("kind", "count"), [("rsa", 46_000), ("gost", 4_000)])
def test_no_random_mutant_passes_or_raises(
    request: pytest.FixtureRequest, pool: ProcessPoolExecutor, kind: str, count: int
) -> None:
    stage: Stage = request.getfixturevalue("stage" if kind == "rsa" else "gost")
    assert dealt(pool, surviving_mutants, Judge.of(stage), stage.sign(), count * TIMES) == []


def test_a_mutant_with_a_sound_structure_passes_only_if_it_says_the_same(either: Stage) -> None:
    """Parameters NULL or none are one and the same (RFC 5754, 2), so the message around the signature is malleable."""
    cms, store, dice = either.sign(), either.store(), random.Random(7)  # noqa: S311 - seeded on purpose.
    for _ in range(1_500 if not either.is_gost else 500):
        root = der.read(cms)
        nodes = nodes_of(root)[1:]
        victim, donor = dice.choice(nodes), dice.choice(nodes)
        mutant = rebuilt(root, victim, dice.choice([b"", donor.raw, victim.raw * 2]))
        if either.verdict(mutant, revocation=store).status != "refused":
            genuine, read = SignedData.read(cms), SignedData.read(mutant)
            assert read == replace(genuine, attributes=read.attributes, unsigned=read.unsigned)


def test_no_mutant_of_a_list_is_taken(either: Stage) -> None:
    full = either.lists.full(AT)
    for mutant in mutants(full, 1, 300):
        if mutant != full:
            with pytest.raises(CrlNotValid):
                CrlStore(either.trust).accept(mutant)


def nodes_of(root: der.Node) -> list[der.Node]:
    found = [root]
    for node in found:
        found.extend(node.children)
    return found


def rebuilt(node: der.Node, victim: der.Node, instead: bytes) -> bytes:
    """Encode the tree again with one element replaced, every length made right."""
    if node is victim:
        return instead
    if not node.children:
        return node.raw
    return tlv(node.tag, *(rebuilt(child, victim, instead) for child in node.children))

"""Whatever is done to a signature, it is refused without an exception: every flipped bit, 50 000 random mutants.

With EDS_LONG=1 every bit of the GOST certificate is flipped too (a minute more), and ten times as many mutants made.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from nca_stub.encoding import tlv
from nca_stub.stamper import Stamper
from shared.eds import der
from shared.eds.crl_store import CrlStore
from shared.eds.revocation import CrlNotValid
from shared.eds.signed_data import SignedData
from tests.eds.stage import AT, Stage

LONG = os.environ.get("EDS_LONG") == "1"
TIMES = 10 if LONG else 1


def survivors(stage: Stage, cms: bytes, places: Iterator[int]) -> list[int]:
    """Return the bits whose flip was not refused."""
    store, found = stage.store(), []
    for place in places:
        flipped = bytearray(cms)
        flipped[place // 8] ^= 1 << place % 8
        if stage.verdict(bytes(flipped), revocation=store).status != "refused":
            found.append(place)
    return found


def test_no_single_flipped_bit_of_an_rsa_signature_passes(stage: Stage) -> None:
    cms = stage.sign()
    assert survivors(stage, cms, iter(range(len(cms) * 8))) == []


def test_no_single_flipped_bit_of_a_gost_signature_passes(gost: Stage) -> None:
    """Every bit of the signature value, the signed attributes and the structure; one an octet of the certificate."""
    cms = gost.sign()
    held = cms.index(gost.citizen.der)
    thin = range(held, held + len(gost.citizen.der)) if not LONG else range(0)
    places = (place for place in range(len(cms) * 8) if place // 8 not in thin or place % 8 == place // 8 % 8)
    assert survivors(gost, cms, places) == []


def test_no_single_flipped_bit_of_a_stamp_passes(stage: Stage) -> None:
    cms = stage.stamped()
    token = next(value for one in SignedData.read(cms).unsigned for value in one.children[1].children)
    desk = Stamper(stage.authority).desk[1]
    thin = range(cms.index(desk), cms.index(desk) + len(desk))
    places = (
        place
        for place in range(token.start * 8, token.end * 8)
        if LONG or place % (8 if place // 8 in thin else 2) == place // 8 % 2
    )
    assert survivors(stage, cms, places) == []


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
def test_no_random_mutant_passes_or_raises(request: pytest.FixtureRequest, kind: str, count: int) -> None:
    stage: Stage = request.getfixturevalue("stage" if kind == "rsa" else "gost")
    cms, store = stage.sign(), stage.store()
    passed = [
        mutant
        for mutant in mutants(cms, 20_261_124, count * TIMES)
        if stage.verdict(mutant, revocation=store).status != "refused" and mutant != cms
    ]
    assert passed == []


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

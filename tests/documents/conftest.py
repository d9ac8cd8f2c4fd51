"""Sealed documents to look at: one authority, the provider with the longest name, people with the longest names."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from home_visit_svc.documents import REFUSAL_CLAUSE, certificate
from home_visit_svc.regulation import GROUNDS, PASSPORT
from home_visit_svc.visits import Doctor, Visit
from home_visit_svc.wording import DECREE
from nca_stub.authority import Authority, create_authority
from nca_stub.orders import Order
from nca_stub.stamper import Stamper
from shared.documents.paper import ALWAYS, paper_of
from shared.documents.seal_of_paper import Sealing, sealed_paper
from shared.documents.sealed import DOCUMENT_TYPE
from shared.documents.terms import Terms
from shared.eds.jws import Seal
from shared.eds.trust import Trust
from shared.law.answers import Heading, Party, Refusal, canonical, refusal
from shared.law.person_facts import Source
from shared.law.providers import PROVIDERS, Provider
from shared.law.text import Language

ISSUED = datetime(2026, 11, 24, 5, 0, 1, tzinfo=UTC)
STAMPED = datetime(2026, 11, 24, 5, 0, 5, tzinfo=UTC)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
BEFORE = datetime(2026, 10, 1, tzinfo=UTC)
LONGEST = max(PROVIDERS, key=lambda one: len(one.name))
ANOTHER = min(PROVIDERS, key=lambda one: len(one.name))
ADDRESS = "https://densaulyq.example.kz/verify/"
PERSON = Party(
    "900101300017",
    "Әбдірахманқызыжұмағалиеваұлтуғанова Нұрмұхамбетжан Көзімқұлқызы",
    "Абдрахманкызыжумагалиеваултуганова Нурмухамбетжан Гайнижамалкызы",
)
VISIT = Visit(
    7,
    Doctor("district", "Ғабдуллақожамжарова Ұлболсын Һәкімқызы", "paediatrician"),
    datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    datetime(2026, 11, 24, 11, 0, tzinfo=UTC),
)
HOME = {"street": "Әл-Фараби даңғылы", "house": "12а", "apartment": "45"}


@dataclass(frozen=True)
class Desk:
    """Where documents of the tests are made and sealed."""

    authority: Authority
    trust: Trust
    trust_folder: Path
    seals: dict[str, Seal]

    def seal(self, document: dict[str, Any], provider: Provider = LONGEST, typ: str = DOCUMENT_TYPE) -> str:
        return self.seals[provider.bin].sign(canonical(document), typ=typ)

    def certificate(self, **changes: object) -> str:
        return self.seal({**certificate(heading(), PERSON, VISIT, HOME), **changes})

    def refusal(self) -> str:
        """A refusal on every ground that there is."""
        both = (Source.PERSON_REGISTRY, Source.ATTACHMENT_REGISTER)
        return self.seal(refusal(heading(), Refusal(GROUNDS, REFUSAL_CLAUSE, PERSON, both)))

    async def pdf(self, jws: str, languages: tuple[Language, ...] = ALWAYS, *, stamped: bool = True) -> bytes:
        stamper = Stamper(self.authority)

        async def stamp(asked: bytes) -> bytes:
            return stamper.answer(asked, STAMPED)

        sealing = Sealing(self.seals[LONGEST.bin], STAMPED, "HV-8.2", stamp if stamped else None)
        return await sealed_paper(paper_of(jws, ADDRESS, languages), sealing)

    def terms(self, **changes: Any) -> Terms:
        return replace(Terms(self.trust, NOW), **changes)


def heading(**changes: Any) -> Heading:
    made = Heading("HV-2026-0000123", "q3mJ8sV2yTfK0wZrXcB5nA", ISSUED, LONGEST, PERSON, PASSPORT, DECREE)
    return replace(made, **changes)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_in(tmp_path_factory.mktemp("documents"))


def desk_in(folder: Path) -> Desk:
    """Return a desk whose files lie in the folder."""
    authority = create_authority(folder / "nca", BEFORE)
    (folder / "trust").mkdir()
    authority.write_trust(folder / "trust")
    seals = {}
    for provider in (LONGEST, ANOTHER):
        issued = authority.issue(Order.organisation(provider.bin, provider.name, BEFORE))
        key, chain = folder / f"{provider.bin}.key.pem", folder / f"{provider.bin}.chain.pem"
        key.write_bytes(issued.key_pem())
        chain.write_bytes(issued.chain_pem())
        seals[provider.bin] = Seal.from_files(key, chain)
    return Desk(authority, Trust.from_folder(folder / "trust"), folder / "trust", seals)

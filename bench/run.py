"""The order of one run: prove that it refuses, warm up, rounds, half load, reads, memory, prove again, reckon."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg

from bench import refusals
from bench.beside import Beside
from bench.consumption import Memory, memory_of, memory_of_family
from bench.ledger import Reckoning, reckon
from bench.people import Person
from bench.portal import Portal
from bench.reading import AGAIN, STATUS, GatewayRead, ServiceRead, answered_requests
from bench.refusals import Refusal
from bench.report import Findings
from bench.rounds import Contender, Record, half_load, in_turn, one_round, warm_up
from bench.walk import Walk
from bench.wire import Address
from shared.eds.trust import Trust
from shared.kit.keys import load_keys
from stack.launcher import Stack

COUNTS: Final = {"walk": 300, "floor": 600, "conventional": 150}
"""Requests in a round: each program is kept busy for about as long as the others."""
READS: Final = 1_000
WARM_UP: Final = 100
HALF_LOAD_ROUNDS: Final = 3
WALK, READS_PART, MEMORY = PARTS = ("walk", "reads", "memory")
"""What can be measured by itself."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is measured, how often, and how large (1: as it is reported); ``say`` tells how far it is."""

    parts: Collection[str]
    stack: Stack
    besides: Sequence[Beside]
    people: Sequence[Person]
    rounds: int
    scale: float
    say: Callable[[str], None]

    async def measure(self) -> Findings:
        """Measure everything."""
        begun = os.getloadavg()[0]
        portal = Portal(Address(self._port("gateway")), self.stack.clock.now)
        await portal.register(self.people)
        for program in self.besides:
            await program.open(self.people)
        self.say("Before: what must be refused …")
        refused = await self._refusals(portal)
        programs: list[Contender] = [Walk(portal, self.people, self.stack.process_ids()), *self.besides]
        rounds = self.rounds if WALK in self.parts else 0
        walks = await self._measured(programs, COUNTS, rounds, HALF_LOAD_ROUNDS if rounds else 0)
        refused += await self._refusals(portal)
        reads = await self._reads(portal) if READS_PART in self.parts else {}
        memory = _memory(self.stack.process_ids()) if MEMORY in self.parts else {}
        reckoning = await self._reckon({name: record.sent for name, record in walks.items()})
        loads = begun, os.getloadavg()[0]
        version = await _version(self.stack.database_address)
        now = self.stack.clock.now() - self.stack.clock.offset
        return Findings(now, self.rounds, walks, reads, memory, refused, reckoning, loads, version)

    async def _measured(
        self, programs: Sequence[Contender], counts: Mapping[str, int], rounds: int, half_load_rounds: int = 0
    ) -> dict[str, Record]:
        records = {program.name: Record() for program in programs}
        for program in programs:
            await warm_up(program, records[program.name], self._scaled(WARM_UP))
        for number in range(rounds):
            for program in in_turn(programs, number):
                await one_round(program, records[program.name], self._scaled(counts[program.name]))
            told = (f"{name} {record.samples[-1].total:,.0f} µs" for name, record in records.items())
            self.say(f"Round {number + 1} of {rounds}: {', '.join(told)}")
        for number in range(half_load_rounds):
            for program in in_turn(programs, number):
                await half_load(program, records[program.name])
            self.say(f"Half load, {number + 1} of {half_load_rounds}")
        return records

    async def _reads(self, portal: Portal) -> dict[str, Record]:
        answered = await answered_requests(f"{self.stack.database_address}/gateway", 200)
        envelopes = load_keys(self.stack.layout.keys, "gateway", callers=())
        address, families = Address(self._port("home_visit")), self.stack.process_ids()
        readers: list[Contender] = [
            GatewayRead(portal, self.people, answered, families),
            ServiceRead(STATUS, address, envelopes, answered, families),
            ServiceRead(AGAIN, address, envelopes, answered, families),
        ]
        return await self._measured(readers, {reader.name: READS for reader in readers}, self.rounds)

    async def _refusals(self, portal: Portal) -> list[Refusal]:
        found = await refusals.of_walk(portal, self.people)
        answered = await answered_requests(f"{self.stack.database_address}/gateway", 1)
        envelopes = load_keys(self.stack.layout.keys, "gateway", callers=())
        found += await refusals.of_service(Address(self._port("home_visit")), envelopes, answered[0])
        for program in self.besides:
            found += await refusals.of_beside(program)
        return found

    async def _reckon(self, sent: Mapping[str, int]) -> Reckoning:
        # Each time that the refusals were shown, one signature was right.
        with_refusals = {**sent, "walk": sent["walk"] + 2}
        trust = Trust.from_folder(self.stack.layout.trust)
        return await reckon(self.stack.database_address, with_refusals, trust, self.stack.clock.now())

    def _scaled(self, count: int) -> int:
        return max(int(count * self.scale), 1)

    def _port(self, name: str) -> int:
        return int(self.stack.running.urls[name].rpartition(":")[2])


def _memory(processes: Mapping[str, int]) -> dict[str, Memory]:
    return {name: memory_of_family(one) if name == "postgres" else memory_of(one) for name, one in processes.items()}


async def _version(server: str) -> str:
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()

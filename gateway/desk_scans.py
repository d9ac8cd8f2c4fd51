"""Scans that the desk attaches to a request (HV-17.6, AP-17.6, AT-19.6): kept first, then named by the draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from gateway.destinations import purpose_of
from gateway.journal import Request
from gateway.looks import Look, Opened, record_looks
from gateway.lookups import DESK
from gateway.staff import StaffSession
from gateway.world import World
from shared.kit import scans
from shared.kit.database import Connection
from shared.kit.identifiers import uuid7
from shared.kit.problems import NotFound
from shared.kit.scans import Scan

_KEEP: Final = "INSERT INTO desk_scans (scan_id, employee_id, sha256, size, kept_at) VALUES ($1, $2, $3, $4, $5)"
_ATTACH: Final = "UPDATE desk_scans SET request_id = $1 WHERE scan_id = ANY($2::uuid[]) AND request_id IS NULL"
_OWN: Final = """
SELECT scan_id, sha256, media_type, size FROM desk_scans JOIN scans USING (scan_id)
WHERE scan_id = ANY($1::uuid[]) AND employee_id = $2 AND request_id IS NULL ORDER BY scan_id
"""
_OF_REQUEST: Final = """
SELECT scan_id, sha256, media_type, size FROM desk_scans JOIN scans USING (scan_id) WHERE request_id = $1
ORDER BY scan_id
"""


@dataclass(frozen=True, slots=True)
class KeptScan:
    """A scan as a request names it: the digest of its content, its kind, its size in octets."""

    scan_id: UUID
    sha256: str
    media_type: str
    size: int


async def keep(world: World, session: StaffSession, scan: Scan) -> KeptScan:
    """Keep a scan for a request to come; raises NotYourRole."""
    session.require(DESK)
    at: datetime = world.now()
    kept = KeptScan(uuid7(at), sha256(scan.content).hexdigest(), scan.media_type, len(scan.content))
    one = session.employee
    async with world.database.transaction() as c:
        await scans.keep(c, world.scan_keys, kept.scan_id, scan, (at, one.iin))
        await c.execute(_KEEP, kept.scan_id, one.employee_id, kept.sha256, kept.size, at)
    return kept


async def own(c: Connection, scan_ids: Sequence[UUID], employee_id: UUID) -> list[KeptScan]:
    """Return those of the scans that are the employee's own and that no request names yet."""
    return [KeptScan(**row) for row in await c.fetch(_OWN, list(scan_ids), employee_id)]


async def attach(c: Connection, request_id: UUID, scan_ids: Sequence[UUID]) -> None:
    """Let a request name the scans, inside the caller's transaction."""
    await c.execute(_ATTACH, request_id, list(scan_ids))


async def of_request(c: Connection, request_id: UUID) -> list[KeptScan]:
    """Return the scans of a request."""
    return [KeptScan(**row) for row in await c.fetch(_OF_REQUEST, request_id)]


async def open_scan(world: World, session: StaffSession, request: Request, scan_id: UUID) -> Scan:
    """Return a scan of a request, and write down who opened it; raises NotFound where it is none of its scans."""
    at = world.now()
    async with world.database.transaction() as c:
        if scan_id not in {one.scan_id for one in await of_request(c, request.id)}:
            raise NotFound
        scan = await scans.read(c, world.scan_keys, scan_id, (at, session.employee.iin))
        if scan is None:
            raise NotFound
        purpose = purpose_of(request.service)
        look = Look(request.subject_iin, Opened.SCAN, purpose, request.service, request.id)
        await record_looks(c, session.looker, [look], at)
    return scan

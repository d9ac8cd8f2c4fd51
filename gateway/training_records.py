"""The college's record journal (DP-15): a page of it, or a table of some days for a spreadsheet."""

import csv
from io import StringIO
from typing import Any, Final

from gateway import training
from gateway.world import World
from shared.forms.diploma_records import MOST_ENTRIES, RecordEntry, RecordPage
from shared.kit.problems import Unprocessable

MOST_PAGES: Final = 20
_FORMULA: Final = tuple("=+-@\t\r")
"""What a spreadsheet would take for a formula at the beginning of a cell."""
_BOM: Final = "\ufeff"
"""Without it spreadsheets take the table's letters for another alphabet's."""


async def page_of(world: World, actor: dict[str, Any], asked: dict[str, Any]) -> RecordPage:
    """Return a page of the journal; raises as ``training.ask``."""
    return await training.ask(world, "records", {"actor": actor, "asked": asked}, RecordPage)


async def table_of(world: World, actor: dict[str, Any], asked: dict[str, Any]) -> str:
    """Return every entry of the days as CSV (RFC 4180); raises as ``page_of``, Unprocessable for too many."""
    written = StringIO(_BOM)
    written.seek(0, 2)
    lines = csv.writer(written)
    lines.writerow(RecordEntry.model_fields)
    after: int | None = asked["after"]
    for _ in range(MOST_PAGES):
        page = await page_of(world, actor, asked | {"after": after, "limit": MOST_ENTRIES})
        lines.writerows([_cell(value) for value in entry.model_dump(mode="json").values()] for entry in page.entries)
        after = page.next
        if after is None:
            return written.getvalue()
    raise Unprocessable(errors=[{"pointer": "/until", "code": "too-many-entries"}])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

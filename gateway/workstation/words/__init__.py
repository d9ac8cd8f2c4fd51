"""Every sentence of the workstation by the key that the scripts know it by."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gateway.workstation.words.deciding import DECIDING
from gateway.workstation.words.desk import DESK
from gateway.workstation.words.frame import FRAME
from gateway.workstation.words.journal import JOURNAL
from shared.documents.web import SKIP
from shared.law.roles import ROLE_NAMES
from shared.law.text import Text

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    FRAME | DECIDING | DESK | JOURNAL | {"skip": SKIP} | {f"role_{role}": name for role, name in ROLE_NAMES.items()}
)

"""Tables 1 and 2 of Appendix 1: the steps of a service with the limit of each, by number."""

from collections.abc import Mapping

from shared.law.channels import Channel
from shared.law.steps import Following, Step
from shared.law.table_1 import TABLE_1
from shared.law.table_2 import TABLE_2

__all__ = ["TABLE_1", "TABLE_2", "Following", "Step", "table_of"]


def table_of(channel: str) -> Mapping[int, Step]:
    """Return the table whose steps a request goes through: Table 1 on the portal, else Table 2 (HV-17)."""
    return TABLE_1 if channel == Channel.PORTAL else TABLE_2

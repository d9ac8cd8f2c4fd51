"""Tables 1 and 2 of Appendix 1: the steps of a service with the limit of each, by number."""

from shared.law.steps import Following, Step
from shared.law.table_1 import TABLE_1
from shared.law.table_2 import TABLE_2

__all__ = ["TABLE_1", "TABLE_2", "Following", "Step"]

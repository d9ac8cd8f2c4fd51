"""The medical college (DP-2): the one provider of the documents on training. It is no provider of Appendix 3."""

from typing import Final

from shared.law.providers import Provider

COLLEGE: Final = Provider(
    number=0,
    name="«Медициналық колледж» мемлекеттік коммуналдық кәсіпорны",
    address="Алматы қаласы, Қабанбай батыр көшесі, 132",
    telephones=("8 (7272) 675905", "673662"),
    bin="130040905013",
)
"""The decree gives no BIN: this one is a test's, as those of Appendix 3 (see providers.py)."""
COLLEGE_NAME_RU: Final = "Государственное коммунальное предприятие «Медицинский колледж»"

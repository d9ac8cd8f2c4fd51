"""The information systems that a service asks, as they are named to people."""

from typing import Final

from shared.law.text import LANGUAGES, Text

PERSON_REGISTRY: Final = Text(  # HV-11.5
    kk="«Жеке тұлғалар» мемлекеттік дерекқоры (ЖТ МДҚ)",
    ru="государственная база данных «Физические лица» (ГБД ФЛ)",
    en="the state database “Natural Persons”",
)
ATTACHMENT_REGISTER: Final = Text(  # HV-12.2
    kk="тіркелген халықтың тіркелімі",
    ru="регистр прикреплённого населения",
    en="the register of the attached population",
)
EITHER: Final = Text(
    *(f"{PERSON_REGISTRY.said_in(language)}; {ATTACHMENT_REGISTER.said_in(language)}" for language in LANGUAGES)
)
"""Both, where it is not yet known which of them gives nothing."""

"""Home visit as DATA: its limits, the closed list of grounds (HV-15; docs/decisions/0002) and its passport."""

from datetime import timedelta
from typing import Final

from shared.law import ground_words, primary_care
from shared.law.channels import Channel
from shared.law.clause_twelve import ClosedList
from shared.law.grounds import Ground
from shared.law.passport import Passport
from shared.law.text import Text

ANSWER_WITHIN: Final = {  # HV-14
    Channel.IN_PERSON: timedelta(minutes=10),
    Channel.PHONE: timedelta(minutes=10),
    Channel.PORTAL: timedelta(minutes=30),
}
SHORTEST_WINDOW: Final = timedelta(hours=1)
"""A visit is promised in a round only if so much of it is left: minutes before its end nobody would come (HV-8)."""

IDENTITY_DOCUMENT_NOT_IN_FORCE: Final = Ground(
    "identity_document_not_in_force", "HV-12.1", ground_words.identity_document_not_in_force(12)
)
PERSON_DECEASED: Final = Ground("person_deceased", "HV-12.1", ground_words.person_deceased(12))
REPRESENTATIVE_NOT_ENTITLED: Final = Ground(  # The consumer is the person or their representative: HV-1.
    "representative_not_entitled", "HV-12.1", ground_words.representative_not_entitled(12)
)
NOT_ATTACHED_HERE: Final = Ground("not_attached_here", "HV-12.2", ground_words.not_attached_here(12))
NOT_BY_THE_INFORMATISATION_LAW: Final = Ground(
    "not_by_the_informatisation_law", "HV-15.2.2", ground_words.NOT_BY_THE_INFORMATISATION_LAW
)
DATA_CANNOT_BE_HAD: Final = Ground(  # Its words name the system: ``.filled(system=…)``.
    "data_cannot_be_had", "HV-17.5", ground_words.DATA_CANNOT_BE_HAD
)
GROUNDS: Final = ClosedList(  # HV-15.2 is closed: clause 12 (HV-15.2.1) and the law on informatisation (HV-15.2.2).
    representative_not_entitled=REPRESENTATIVE_NOT_ENTITLED,
    person_deceased=PERSON_DECEASED,
    identity_document_not_in_force=IDENTITY_DOCUMENT_NOT_IN_FORCE,
    not_attached_here=NOT_ATTACHED_HERE,
    not_by_the_informatisation_law=NOT_BY_THE_INFORMATISATION_LAW,
    data_cannot_be_had=DATA_CANNOT_BE_HAD,
)

PASSPORT: Final = Passport(
    code="home-visit",
    regulation="HV",
    name=Text(kk="Дәрігерді үйге шақыру", ru="Вызов врача на дом", en="Calling a doctor to the home"),
    legal_basis=primary_care.legal_basis("Дәрігерді үйге шақыру"),  # HV-4
    channels=(Channel.IN_PERSON, Channel.PHONE, Channel.PORTAL),  # HV-7.1, HV-7.2, HV-7.3
    hours=primary_care.PROVIDER_HOURS,
    intake=primary_care.INTAKE,
    answer_within=ANSWER_WITHIN,
    needed=(
        ("HV-12.1", primary_care.IDENTITY_DOCUMENT),
        ("HV-12.2", primary_care.ATTACHMENT),
        ("HV-16.6", primary_care.SIGNATURE),
    ),
    grounds=GROUNDS,
    results=(
        Text(  # HV-8.2
            kk="қызмет ұсынушының электрондық-цифрлық қолы қойылған дәрігерді үйге шақыру туралы анықтама",
            ru="справка о вызове врача на дом, подписанная электронной цифровой подписью поставщика услуги",
            en="a certificate of the home visit, signed with the provider's electronic digital signature",
        ),
        primary_care.REFUSAL,
    ),
    free_of_charge=primary_care.FREE_OF_CHARGE,
    information=primary_care.INFORMATION,
)

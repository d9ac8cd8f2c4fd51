"""Booking an appointment as DATA: its limits, its closed list of grounds and its passport, by clause."""

from datetime import timedelta
from typing import Final

from shared.law import ground_words, primary_care
from shared.law.channels import Channel
from shared.law.clause_twelve import ClosedList
from shared.law.grounds import Ground
from shared.law.passport import Passport
from shared.law.text import Text

ANSWER_WITHIN: Final = {  # AP-14
    Channel.IN_PERSON: timedelta(minutes=10),
    Channel.PHONE: timedelta(minutes=10),
    Channel.PORTAL: timedelta(minutes=30),
}

IDENTITY_DOCUMENT_NOT_IN_FORCE: Final = Ground(
    "identity_document_not_in_force", "AP-12.1", ground_words.identity_document_not_in_force(12)
)
PERSON_DECEASED: Final = Ground("person_deceased", "AP-12.1", ground_words.person_deceased(12))
REPRESENTATIVE_NOT_ENTITLED: Final = Ground(  # The consumer is the person or their representative: AP-1.
    "representative_not_entitled", "AP-12.1", ground_words.representative_not_entitled(12)
)
NOT_ATTACHED_HERE: Final = Ground("not_attached_here", "AP-12.2", ground_words.not_attached_here(12))
NOT_BY_THE_INFORMATISATION_LAW: Final = Ground(
    "not_by_the_informatisation_law", "AP-15.2.2", ground_words.NOT_BY_THE_INFORMATISATION_LAW
)
DATA_CANNOT_BE_HAD: Final = Ground(  # Its words name the system: ``.filled(system=…)``.
    "data_cannot_be_had", "AP-17.5", ground_words.DATA_CANNOT_BE_HAD
)
GROUNDS: Final = ClosedList(  # AP-15, AP-15.2: closed
    representative_not_entitled=REPRESENTATIVE_NOT_ENTITLED,
    person_deceased=PERSON_DECEASED,
    identity_document_not_in_force=IDENTITY_DOCUMENT_NOT_IN_FORCE,
    not_attached_here=NOT_ATTACHED_HERE,
    not_by_the_informatisation_law=NOT_BY_THE_INFORMATISATION_LAW,
    data_cannot_be_had=DATA_CANNOT_BE_HAD,
)

PASSPORT: Final = Passport(
    code="appointment",
    regulation="AP",
    name=Text(
        kk="Дәрігердің қабылдауына жазылу",
        ru="Запись на приём к врачу",
        en="Booking an appointment with a doctor",
    ),
    legal_basis=primary_care.legal_basis("Дәрігердің қабылдауына жазылу"),  # AP-4
    channels=(Channel.IN_PERSON, Channel.PHONE, Channel.PORTAL),  # AP-7, AP-7.3
    hours=primary_care.PROVIDER_HOURS,
    intake=None,  # AP-9: nothing limits the hour at which an appointment may be booked on the portal.
    answer_within=ANSWER_WITHIN,
    needed=(
        ("AP-12.1", primary_care.IDENTITY_DOCUMENT),
        ("AP-12.2", primary_care.ATTACHMENT),
        ("AP-24.4", primary_care.SIGNATURE),
    ),
    grounds=GROUNDS,
    results=(  # AP-8
        Text(  # AP-8.2; its print names the home visit, which is a slip of the decree.
            kk="қызмет көрсетушінің электрондық-цифрлық қолы қойылған дәрігердің қабылдауына жазылу туралы анықтама",
            ru="справка о записи на приём к врачу, подписанная электронной цифровой подписью поставщика услуги",
            en="a certificate of the appointment, signed with the provider's electronic digital signature",
        ),
        primary_care.REFUSAL,
    ),
    free_of_charge=primary_care.FREE_OF_CHARGE,
    information=primary_care.INFORMATION,
)

"""Attachment to a primary-care organisation as DATA: limits, the closed list of grounds, the passport, by clause."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from shared.law import ground_words, primary_care
from shared.law.channels import Channel
from shared.law.grounds import Ground
from shared.law.passport import Passport
from shared.law.text import Text

ANSWER_WITHIN: Final = {  # AT-16
    Channel.IN_PERSON: timedelta(days=1),
    Channel.PORTAL: timedelta(days=1),
}
OF_AGE: Final = 18
"""Full years from which a therapist serves a person, and no paediatrician any more."""
THERAPIST: Final = "therapist"
PAEDIATRICIAN: Final = "paediatrician"
GENERAL_PRACTITIONER: Final = "general_practitioner"
NORMS: Final[Mapping[str, int]] = MappingProxyType(
    # AT-17.1.3: most people attached to one doctor, where the provider has told no norm of its own. Defaults, to be
    # set by the provider: no act that we could read says these numbers (docs/decisions/0011).
    {THERAPIST: 2_200, PAEDIATRICIAN: 900, GENERAL_PRACTITIONER: 2_000}
)

IDENTITY_DOCUMENT_NOT_IN_FORCE: Final = Ground(
    "identity_document_not_in_force", "AT-14.1", ground_words.identity_document_not_in_force(14)
)
PERSON_DECEASED: Final = Ground("person_deceased", "AT-14.1", ground_words.person_deceased(14))
REPRESENTATIVE_NOT_ENTITLED: Final = Ground(  # The consumer is the person or their representative: AT-1.
    "representative_not_entitled", "AT-14.1", ground_words.representative_not_entitled(14)
)
# AT-17.1.2 to AT-17.1.4 come from the Attachment Rules, to which AT-4 binds the service on every channel.
CHOSEN_MORE_THAN_ONCE_A_YEAR: Final = Ground(
    "chosen_more_than_once_a_year",
    "AT-17.1.2",
    Text(
        kk="Қызмет ұсынушыны еркін таңдау кезінде жылына бір реттен жиі тіркелген.",
        ru="При свободном выборе поставщика услуги прикрепление осуществлялось чаще одного раза в год.",
        en="By free choice of the provider the person was attached more often than once a year.",
    ),
)
POPULATION_ABOVE_THE_NORM: Final = Ground(
    "population_above_the_norm",
    "AT-17.1.3",
    Text(
        kk="Қызмет ұсынушы тіркейтін тіркелген халықтың саны нормативтерден асады.",
        ru="Численность населения, прикреплённого к поставщику услуги, превышает нормативы.",
        en="The population attached to the provider is above the norm.",
    ),
)
ATTACHED_TO_SEVERAL: Final = Ground(
    "attached_to_several_providers",
    "AT-17.1.4",
    Text(
        kk="Тұтынушы бірнеше Қызмет ұсынушыға тіркелген.",
        ru="Потребитель прикреплён к нескольким поставщикам услуги.",
        en="The consumer is attached to several providers.",
    ),
)
NOT_BY_THE_INFORMATISATION_LAW: Final = Ground(
    "not_by_the_informatisation_law", "AT-17.2.2", ground_words.NOT_BY_THE_INFORMATISATION_LAW
)
DATA_CANNOT_BE_HAD: Final = Ground(  # Its words name the system: ``.filled(system=…)``.
    "data_cannot_be_had", "AT-19.5", ground_words.DATA_CANNOT_BE_HAD
)
GROUNDS: Final = (  # AT-17: closed
    REPRESENTATIVE_NOT_ENTITLED,
    PERSON_DECEASED,
    IDENTITY_DOCUMENT_NOT_IN_FORCE,
    CHOSEN_MORE_THAN_ONCE_A_YEAR,
    POPULATION_ABOVE_THE_NORM,
    ATTACHED_TO_SEVERAL,
    NOT_BY_THE_INFORMATISATION_LAW,
    DATA_CANNOT_BE_HAD,
)

PASSPORT: Final = Passport(
    code="attachment",
    regulation="AT",
    name=Text(
        kk="Медициналық-санитариялық алғашқы көмек көрсететін медициналық ұйымға тіркеу",
        ru="Прикрепление к медицинской организации, оказывающей первичную медико-санитарную помощь",
        en="Attachment to an organisation of primary health care",
    ),
    legal_basis=primary_care.legal_basis(  # AT-4
        "Медициналық-санитариялық алғашқы көмек көрсететін медициналық ұйымға тіркеу"
    ),
    channels=(Channel.IN_PERSON, Channel.PORTAL),  # AT-6, AT-6.2
    hours=primary_care.PROVIDER_HOURS,
    intake=primary_care.INTAKE,
    answer_within=ANSWER_WITHIN,
    needed=(
        ("AT-14.1", primary_care.IDENTITY_DOCUMENT),
        ("AT-14.2", primary_care.SIGNATURE),
    ),
    grounds=GROUNDS,
    results=(
        Text(  # AT-8.1
            kk="қағаз түріндегі (ерікті нысандағы) тіркеу туралы анықтама (талон)",
            ru="справка (талон) о прикреплении на бумаге (в произвольной форме)",
            en="a certificate (slip) of attachment on paper, in free form",
        ),
        Text(  # AT-8.2
            kk="Қызмет берушінің электрондық-цифрлық қолтаңбасы қойылған тіркеу туралы анықтама (талон)",
            ru="справка (талон) о прикреплении, подписанная электронной цифровой подписью поставщика услуги",
            en="a certificate (slip) of attachment, signed with the provider's electronic digital signature",
        ),
        primary_care.REFUSAL,
    ),
    free_of_charge=primary_care.FREE_OF_CHARGE,
    information=primary_care.INFORMATION,
)

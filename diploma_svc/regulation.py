"""Documents on training as DATA: hours, limits, grounds and the passport, by clause.

The decree itself knows one hindrance, the debt of DP-13, and it suspends rather than refuses; a clearance that is
missing (DP-11.2) is asked for. The grounds of refusal are what DP-7, DP-8, DP-11.1 and DP-14 make the document depend
on.
"""

from datetime import time
from typing import Final

from shared.law.channels import Channel
from shared.law.grounds import Ground
from shared.law.passport import Passport, WorkingDays
from shared.law.text import Text

COLLEGE_HOURS: Final = (time(9), time(18))  # DP-2
LUNCH: Final = (time(13), time(14))  # DP-2, DP-9
INTAKE_HOURS: Final = (time(9), time(17))  # DP-9
ISSUED_WITHIN: Final = WorkingDays(15)  # DP-5, from the decision of the commission or of the head
DUPLICATE_WITHIN_MONTHS: Final = 1  # DP-14, from the application
DUPLICATE_STAMP: Final = "Түпнұсқаның орнына берілген № {number} телнұсқа"  # DP-14, in the upper right corner
LIST_LENGTH: Final = 131_072
"""Places in a list of the documents' status: so many that a place tells nothing of a person."""

DEBT_TO_THE_PROVIDER: Final = Ground(
    "debt_to_the_provider",
    "DP-13",
    Text(
        kk=(
            "Қызмет алушының қызмет берушінің алдында қаржылай немесе өзге де берешегі бар; ол жойылған соң құжат "
            "беріледі."
        ),
        ru=(
            "У получателя услуги есть финансовая или иная задолженность перед поставщиком; документ выдаётся после её "
            "погашения."
        ),
        en="The person has a financial or other debt to the provider; the document is issued once it is cleared.",
    ),
)
NOT_ATTESTED_HERE: Final = Ground(
    "final_attestation_not_passed_here",
    "DP-7",
    Text(
        kk="Қызмет берушіде білім алғаны және қорытынды аттестациядан өткені расталмады.",
        ru="Не подтверждено обучение у поставщика услуги и прохождение итоговой аттестации.",
        en="Study at the provider and the passing of the final attestation are not confirmed.",
    ),
)
IDENTITY_DOCUMENT_MISSING: Final = Ground(
    "identity_document_missing",
    "DP-11.1",
    Text(
        kk="Жеке куәлік ұсынылмаған.", ru="Не представлено удостоверение личности.", en="No identity document is shown."
    ),
)
CLEARANCE_MISSING: Final = Ground(
    "clearance_missing",
    "DP-11.2",
    Text(
        kk="Кету қағазы немесе қызмет берушінің алдында берешегі жоқтығын растайтын өзге құжат ұсынылмаған.",
        ru="Не представлен обходной лист или иной документ об отсутствии задолженности перед поставщиком услуги.",
        en="No clearance sheet or other proof of no debts to the provider is shown.",
    ),
)
DUPLICATE_NOT_PAID: Final = Ground(
    "duplicate_not_paid",
    "DP-8",
    Text(
        kk="Телнұсқа үшін төлем сомасы мен күнін растайтын төлем құжаты жоқ.",
        ru="Нет платёжного документа, подтверждающего сумму и дату оплаты дубликата.",
        en="There is no payment document showing the sum and the date of payment for the duplicate.",
    ),
)
LOSS_NOT_CONFIRMED: Final = Ground(
    "loss_not_confirmed",
    "DP-14",
    Text(
        kk="Құжаттың жоғалғаны туралы анықтама немесе мерзімді баспасөз басылымындағы хабарландыру жоқ.",
        ru="Нет справки об утере документа или объявления в периодической печати.",
        en="There is no certificate of the loss, or no notice of it in the periodical press.",
    ),
)
GROUNDS: Final = (IDENTITY_DOCUMENT_MISSING, NOT_ATTESTED_HERE, LOSS_NOT_CONFIRMED, DUPLICATE_NOT_PAID)
"""The closed list of refusal."""
SUSPENDS: Final = DEBT_TO_THE_PROVIDER
"""What suspends the service and never refuses it (DP-13)."""

PASSPORT: Final = Passport(
    code="diploma",
    regulation="DP",
    name=Text(
        kk=(
            "Денсаулық сақтау саласы кадрларының даярлаудан, біліктілікті жоғарылатудан және қайта даярлаудан өткені "
            "туралы құжаттар беру"
        ),
        ru=(
            "Выдача документов о прохождении подготовки, повышения квалификации и переподготовки кадров отрасли "
            "здравоохранения"
        ),
        en="Issuing documents on the training, advanced training and retraining of health-care personnel",
    ),
    legal_basis=Text(  # DP-1
        kk=(
            "«Мемлекеттік көрсетілетін қызметтер туралы» Қазақстан Республикасының 2013 жылғы 15 сәуірдегі № 88 Заңы; "
            "Қазақстан Республикасы Үкіметінің 2012 жылғы 11 желтоқсандағы № 1575 қаулысы; Алматы қаласы әкімдігінің "
            "2013 жылғы 1 шілдедегі № 3/561 қаулысы."
        ),
        ru=(
            "Закон Республики Казахстан от 15 апреля 2013 года № 88 «О государственных услугах»; постановление "
            "Правительства Республики Казахстан от 11 декабря 2012 года № 1575; постановление акимата города Алматы от "
            "1 июля 2013 года № 3/561."
        ),
        en=(
            "Law of the Republic of Kazakhstan № 88 of 15 April 2013 on State Services; Government decree № 1575 of "
            "11 December 2012; decree of the Almaty city administration № 3/561 of 1 July 2013."
        ),
    ),
    channels=(Channel.IN_PERSON, Channel.PORTAL),  # DP-9
    hours=Text(  # DP-2
        kk="Медициналық колледж, Қабанбай батыр көшесі, 132: сағат 9.00-ден 18.00-ге дейін, түскі үзіліс 13.00–14.00.",
        ru="Медицинский колледж, улица Кабанбай батыра, 132: с 9.00 до 18.00, обеденный перерыв 13.00–14.00.",
        en="Medical College, 132 Kabanbay batyr Street: from 9:00 to 18:00, lunch from 13:00 to 14:00.",
    ),
    intake=Text(  # DP-9
        kk="Алдын ала жазылусыз, демалыс және мереке күндерінен басқа күндері сағат 9.00-ден 17.00-ге дейін.",
        ru="Без предварительной записи, кроме выходных и праздничных дней, с 9.00 до 17.00.",
        en="Without an appointment, from 9:00 to 17:00, except on weekends and public holidays.",
    ),
    answer_within={Channel.IN_PERSON: ISSUED_WITHIN, Channel.PORTAL: ISSUED_WITHIN},
    needed=(
        ("DP-11.1", Text(kk="жеке куәлік", ru="удостоверение личности", en="an identity document")),
        (
            "DP-11.2",
            Text(
                kk="кету қағазы немесе қызмет берушінің алдында берешегі жоқтығын растайтын өзге құжат",
                ru="обходной лист или иной документ об отсутствии задолженности перед поставщиком услуги",
                en="a clearance sheet or another proof of no debts to the provider",
            ),
        ),
    ),
    grounds=GROUNDS,
    results=(
        Text(kk="диплом", ru="диплом", en="a diploma"),  # DP-4.1
        Text(  # DP-4.2
            kk="қайта даярлау туралы куәлік", ru="свидетельство о переподготовке", en="a certificate of retraining"
        ),
        Text(  # DP-4.2
            kk="біліктілігін арттыру туралы куәлік",
            ru="свидетельство о повышении квалификации",
            en="a certificate of advanced training",
        ),
    ),
    free_of_charge=Text(  # DP-8
        kk="Тегін; телнұсқа бекітілген баға прейскурантына сәйкес ақылы түрде беріледі.",
        ru="Бесплатно; дубликат выдаётся за плату по утверждённому прейскуранту.",
        en="Free of charge; a duplicate is paid for by the approved price list.",
    ),
    information=("www.mz.gov.kz", "www.almaty.kz", "8 (7272) 675905", "8 (7272) 673662"),  # DP-2, DP-3
)

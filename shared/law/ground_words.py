"""The words of the grounds that HV, AP and AT share; each service gives them its own clause ids."""

from typing import Final

from shared.law.text import Text


def identity_document_not_in_force(clause: int) -> Text:
    """Return the words for the requirement of an identity document, which stands in this clause of the regulation."""
    return Text(
        kk=(
            f"Регламенттің {clause}-тармағының талабы орындалмаған: жеке басын куәландыратын құжаты (он алты жасқа "
            "толмаған адамдар үшін – туу туралы куәлігі) болуы қажет. Қолданыстағы мұндай құжат табылмады."
        ),
        ru=(
            f"Не выполнено требование пункта {clause} Регламента: необходимо наличие документа, удостоверяющего "
            "личность (для лиц, не достигших шестнадцати лет, – свидетельства о рождении). Действующий документ не "
            "найден."
        ),
        en=(
            f"The requirement of clause {clause} of the Regulation is not met: an identity document is needed (for "
            "persons under sixteen, a birth certificate). No such document in force was found."
        ),
    )


def person_deceased(clause: int) -> Text:
    """Return the words for a person who has died: no identity document of theirs is in force."""
    return Text(
        kk=(
            f"Регламенттің {clause}-тармағының талабы орындалмаған: жеке басын куәландыратын құжаты болуы қажет. "
            "«Жеке тұлғалар» мемлекеттік дерекқорының мәліметтері бойынша адам қайтыс болған."
        ),
        ru=(
            f"Не выполнено требование пункта {clause} Регламента: необходимо наличие документа, удостоверяющего "
            "личность. По сведениям государственной базы данных «Физические лица» лицо умерло."
        ),
        en=(
            f"The requirement of clause {clause} of the Regulation is not met: an identity document is needed. "
            "According to the state database “Natural Persons” the person has died."
        ),
    )


def not_attached_here(clause: int) -> Text:
    """Return the words for a person who is attached to another provider, or to none."""
    return Text(
        kk=(
            f"Регламенттің {clause}-тармағының талабы орындалмаған: тіркелген халықтың тіркеліміне сәйкес осы Қызмет "
            "берушіге тіркеуінің болуы қажет."
        ),
        ru=(
            f"Не выполнено требование пункта {clause} Регламента: необходимо наличие прикрепления к данному поставщику "
            "услуги согласно регистру прикреплённого населения."
        ),
        en=(
            f"The requirement of clause {clause} of the Regulation is not met: attachment to this provider in the "
            "register of the attached population is needed."
        ),
    )


def representative_not_entitled(clause: int) -> Text:
    """Return the words where the applicant is not the person's representative (HV-1, AP-1, AT-1)."""
    return Text(
        kk=(
            f"Регламенттің {clause}-тармағының талабы орындалмаған: тұтынушы – жеке тұлға немесе оның өкілі "
            "(1-тармақ). Өтініш берушінің осы адамның өкілі екендігі расталмады."
        ),
        ru=(
            f"Не выполнено требование пункта {clause} Регламента: потребитель – физическое лицо или его представитель "
            "(пункт 1). Не подтверждено, что заявитель является представителем этого лица."
        ),
        en=(
            f"The requirement of clause {clause} of the Regulation is not met: the consumer is a person or their "
            "representative (clause 1). It is not confirmed that the applicant is this person's representative."
        ),
    )


NOT_BY_THE_INFORMATISATION_LAW: Final = Text(  # HV-15.2.2, AP-15.2.2, AT-17.2.2
    kk=(
        "Сұрау салу «Ақпараттандыру туралы» Қазақстан Республикасының 2007 жылғы 11 қаңтардағы Заңының 40-бабымен "
        "көзделген нормаларға сәйкес келмейді."
    ),
    ru=(
        "Запрос не соответствует нормам, предусмотренным статьёй 40 Закона Республики Казахстан от 11 января 2007 года "
        "«Об информатизации»."
    ),
    en=(
        "The request does not meet the norms of Article 40 of the Law of the Republic of Kazakhstan of 11 January 2007 "
        "on Informatisation."
    ),
)
DATA_CANNOT_BE_HAD: Final = Text(  # HV-17.5, AP-17.5, AT-19.5; Table 2, step 4
    kk="Тұтынушының мәліметтерін алу мүмкін болмады. Мәлімет алынбаған жүйе: {system}.",
    ru="Получить данные потребителя невозможно. Система, из которой данные не получены: {system}.",
    en="The consumer's data cannot be had. The system from which they were not had: {system}.",
)

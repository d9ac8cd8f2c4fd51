"""The sentences of the documents and notices, for people: Kazakh, Russian, English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attachment_svc.regulation import GENERAL_PRACTITIONER, PAEDIATRICIAN, THERAPIST
from shared.law.text import Text

DECREE: Final = Text(
    kk="Алматы қаласы әкімдігінің 2013 жылғы 1 шілдедегі № 3/561 қаулысымен бекітілген «Медициналық-санитариялық "
    "алғашқы көмек көрсететін медициналық ұйымға тіркеу» мемлекеттік қызметінің регламенті",
    ru="Регламент государственной услуги «Прикрепление к медицинской организации, оказывающей первичную "
    "медико-санитарную помощь», утверждённый постановлением акимата города Алматы от 1 июля 2013 года № 3/561",
    en="Regulation of the state service “Attachment to an organisation of primary health care”, approved by decree "
    "№ 3/561 of the Almaty city administration of 1 July 2013",
)
KINDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        THERAPIST: Text("терапиялық", "терапевтический", "a therapist's"),
        PAEDIATRICIAN: Text("педиатриялық", "педиатрический", "a paediatrician's"),
        GENERAL_PRACTITIONER: Text("жалпы практикалық дәрігердің", "врача общей практики", "a general practitioner's"),
    }
)
_SLIP = Text(
    kk="Тіркелген адам: {patient}. Медициналық ұйым: {provider}; мекенжайы: {address}; телефоны: {telephones}. "
    "Учаске: № {district} ({kind}). Дәрігер: {doctor}. Тіркелген күні: {since}. Қызмет тегін көрсетіледі.",
    ru="Прикреплённое лицо: {patient}. Медицинская организация: {provider}; адрес: {address}; телефон: {telephones}. "
    "Участок: № {district} ({kind}). Врач: {doctor}. Дата прикрепления: {since}. Услуга бесплатна.",
    en="Attached person: {patient}. Medical organisation: {provider}; address: {address}; telephone: {telephones}. "
    "District: No. {district} ({kind}). Doctor: {doctor}. Attached since: {since}. The service is free of charge.",
)
ATTACHED: Final = Text(
    kk=f"Тіркеу туралы анықтама (талон), № {{number}}. {_SLIP.kk}",
    ru=f"Справка (талон) о прикреплении, № {{number}}. {_SLIP.ru}",
    en=f"Certificate (slip) of attachment, No. {{number}}. {_SLIP.en}",
)
CONFIRMED: Final = Text(
    kk=f"Тіркеу туралы анықтама (талон), № {{number}}. Бұл адам осы ұйымға бұрын тіркелген, тіркелуі расталды. "
    f"{_SLIP.kk}",
    ru=f"Справка (талон) о прикреплении, № {{number}}. Лицо уже прикреплено к этой организации, прикрепление "
    f"подтверждается. {_SLIP.ru}",
    en=f"Certificate (slip) of attachment, No. {{number}}. The person is attached to this organisation already, which "
    f"is confirmed. {_SLIP.en}",
)
COUNTS_FROM_OPENING: Final = Text(
    kk="Сұрауыңыз қазір де қабылданады. Оның мерзімі қызмет берушінің келесі жұмыс күні ашылуынан бастап есептеледі "
    "({day}, {opens}); жауап беру мерзімі: {day}, {closes}.",
    ru="Ваш запрос принимается и сейчас. Его срок считается с открытия поставщика услуги в ближайший рабочий день "
    "({day}, {opens}); срок ответа: {day}, {closes}.",
    en="Your request is taken now too. Its term runs from when the provider opens on the next working day "
    "({day}, {opens}); it is answered no later than {closes} on {day}.",
)

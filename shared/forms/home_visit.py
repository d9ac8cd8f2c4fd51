"""The form of a home visit: where the doctor is to come, how to call back, and what ails the person (HV-13, HV-16.5).

Who asks and for whom is no part of it: the applicant comes from the session, the subject from the request (HV-18.4).
"""

from typing import Annotated, Any, Final

from pydantic import ConfigDict

from shared.forms.strict import Phone, PlainText, ProviderBin, StrictModel, titled, titles_of
from shared.law.text import Text

FORM_VERSION: Final = 1
COMPLAINT_AT_MOST: Final = 500

_TITLE = Text(kk="Дәрігерді үйге шақыру", ru="Вызов врача на дом", en="Calling a doctor to the home")
_ADDRESS = Text(
    kk="Дәрігер келетін мекенжай", ru="Адрес, по которому придёт врач", en="Address to which the doctor comes"
)


class VisitAddress(StrictModel):
    """Where in Almaty the doctor is to come."""

    street: Annotated[str, PlainText(120)] = titled(
        Text(kk="Көше немесе ықшам аудан", ru="Улица или микрорайон", en="Street or microdistrict"), "Абай даңғылы"
    )
    house: Annotated[str, PlainText(20)] = titled(Text(kk="Үй", ru="Дом", en="House"), "12а")
    apartment: Annotated[str, PlainText(10)] | None = titled(
        Text(kk="Пәтер", ru="Квартира", en="Apartment"), "45", default=None
    )
    entrance: Annotated[str, PlainText(10)] | None = titled(
        Text(kk="Кіреберіс", ru="Подъезд", en="Entrance"), "2", default=None
    )
    floor: int | None = titled(Text(kk="Қабат", ru="Этаж", en="Floor"), 5, default=None, ge=-5, le=200)
    intercom: Annotated[str, PlainText(20)] | None = titled(
        Text(kk="Домофон коды", ru="Код домофона", en="Intercom code"), "45К1234", default=None
    )


class HomeVisitForm(StrictModel):
    """What is asked of whoever calls a doctor home; the person's own data come from the registers (HV-12)."""

    model_config = ConfigDict(json_schema_extra={**titles_of(_TITLE), "version": FORM_VERSION})

    provider_bin: ProviderBin = titled(
        Text(kk="Қызмет берушінің БСН-і", ru="БИН поставщика услуги", en="Provider's BIN"), "130040900052"
    )
    address: VisitAddress = titled(_ADDRESS)
    phone: Phone = titled(Text(kk="Байланыс телефоны", ru="Контактный телефон", en="Telephone"), "+77012345678")
    complaint: Annotated[str, PlainText(COMPLAINT_AT_MOST, lines=True)] = titled(
        Text(kk="Шағымдары", ru="Жалобы", en="Complaint"), "Дене қызуы 38,5; екінші күн жөтел"
    )


EXAMPLE: Final[dict[str, Any]] = {
    "provider_bin": "130040900052",
    "address": {"street": "Абай даңғылы", "house": "12а", "apartment": "45", "entrance": "2", "floor": 5},
    "phone": "+77012345678",
    "complaint": "Дене қызуы 38,5; екінші күн жөтел",
}

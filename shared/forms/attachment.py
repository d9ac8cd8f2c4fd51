"""The form of an attachment: to which provider, and how to call back (AT-15, AT-18.5).

Who asks and for whom is no part of it (AT-20.4); age, address and documents come from the person registry (AT-14).
"""

from typing import Any, Final

from pydantic import ConfigDict

from shared.forms.strict import Phone, ProviderBin, StrictModel, titled, titles_of
from shared.law.text import Text

FORM_VERSION: Final = 1

_TITLE = Text(
    kk="Медициналық-санитариялық алғашқы көмек көрсететін медициналық ұйымға тіркеу",
    ru="Прикрепление к медицинской организации, оказывающей первичную медико-санитарную помощь",
    en="Attachment to an organisation of primary health care",
)


class AttachmentForm(StrictModel):
    """What is asked of whoever wants to be attached, or to attach a child or a ward."""

    model_config = ConfigDict(json_schema_extra={**titles_of(_TITLE), "version": FORM_VERSION})

    provider_bin: ProviderBin = titled(
        Text(kk="Тіркелетін ұйымның БСН", ru="БИН организации прикрепления", en="BIN of the organisation to attach to"),
        "130040900012",
    )
    phone: Phone = titled(Text(kk="Байланыс телефоны", ru="Контактный телефон", en="Telephone"), "+77012345678")


EXAMPLE: Final[dict[str, Any]] = {"provider_bin": "130040900012", "phone": "+77012345678"}

"""The form of a training document: which document, a first one or a duplicate, and how to call back (DP-4, DP-14).

Who asks is no part of it: the applicant comes from the session. Programme, hours and name come from the college's own
decision (DP-7), and papers are handed in after the request is registered (DP-15).
"""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.forms.strict import Phone, PlainText, StrictModel, titled, titles_of
from shared.law.text import Text

FORM_VERSION: Final = 1
CIRCUMSTANCES_AT_MOST: Final = 1000

_TITLE = Text(
    kk="Даярлаудан, біліктілікті жоғарылатудан және қайта даярлаудан өткені туралы құжат беру",
    ru="Выдача документа о подготовке, повышении квалификации или переподготовке",
    en="A document on training, advanced training or retraining",
)
Kind = Literal["diploma", "retraining", "advanced_training"]
Day = Annotated[date, Field(ge=date(1950, 1, 1), le=date(2100, 1, 1))]


class DiplomaForm(StrictModel):
    """What is asked of whoever was trained and attested at the college; a duplicate is asked for with the loss told."""

    model_config = ConfigDict(json_schema_extra={**titles_of(_TITLE), "version": FORM_VERSION})

    kind: Kind = titled(Text(kk="Құжаттың түрі", ru="Вид документа", en="Kind of document"), "diploma")
    decision_number: Annotated[str, PlainText(40)] | None = titled(
        Text(
            kk="Комиссия немесе басшы шешімінің нөмірі",
            ru="Номер решения комиссии или руководителя",
            en="Number of the decision of the commission or of the head",
        ),
        "17-Қ",
        default=None,
    )
    duplicate: bool = titled(
        Text(
            kk="Жоғалған түпнұсқаның орнына телнұсқа", ru="Дубликат взамен утерянного", en="A duplicate of a lost one"
        ),
        default=False,
    )
    circumstances: Annotated[str, PlainText(CIRCUMSTANCES_AT_MOST)] | None = titled(
        Text(kk="Жоғалту жағдайы", ru="Обстоятельства утери", en="Circumstances of the loss"),
        "Көшу кезінде жоғалды",
        default=None,
    )
    phone: Phone = titled(Text(kk="Байланыс телефоны", ru="Контактный телефон", en="Telephone"), "+77012345678")

    @model_validator(mode="after")
    def _tells_the_loss(self) -> Self:
        if self.duplicate != (self.circumstances is not None):
            raise PydanticCustomError("circumstances", "The loss is told of a duplicate, and of nothing else (DP-14)")
        return self


EXAMPLE: Final[dict[str, Any]] = {"kind": "diploma", "phone": "+77012345678"}

"""The answer to who asked twice for one document (DP-4): where the issued one is. No ground to refuse (DP-16.3)."""

from typing import Final

from diploma_svc.cases import Original
from shared.kit.casework.entries import Drawn
from shared.law.answers import Heading, canonical, party, under
from shared.law.text import Text

KIND: Final = "diploma-issued-before"
CLAUSE: Final = "DP-5"
ISSUED_BEFORE: Final = Text(
    kk="Бұл құжат Сізге бұрын берілген: № {number}, сериясы {series}, бланк № {blank}, {issued_on}. Ол жеке "
    "кабинетіңізде тұр. Егер түпнұсқаны жоғалтсаңыз, телнұсқа сұраңыз.",
    ru="Этот документ уже выдан вам: № {number}, серия {series}, бланк № {blank}, {issued_on}. Он находится в вашем "
    "личном кабинете. Если подлинник утерян, запросите дубликат.",
    en="This document was issued to you before: No {number}, series {series}, blank No {blank}, {issued_on}. It is in "
    "your cabinet. If the original is lost, ask for a duplicate.",
)


def drawn_reminder(heading: Heading, issued: Original) -> Drawn:
    """Return the answer as it will be sealed: it names the document in force and issues none."""
    text = ISSUED_BEFORE.filled(
        number=issued.number, series=issued.series, blank=issued.blank_number, issued_on=f"{issued.issued_on:%d.%m.%Y}"
    )
    said = under(heading, KIND) | {"patient": party(heading.applicant), "clauses": [CLAUSE], "text": text.as_dict()}
    return Drawn(heading.token, KIND, "granted", (), canonical(said))

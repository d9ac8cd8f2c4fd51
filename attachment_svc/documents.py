"""What the certificate (slip) of an attachment says (AT-8.2, AT-22); refusals (AT-8.3) are alike in every service."""

from attachment_svc.holdings import Placement
from attachment_svc.wording import ATTACHED, CONFIRMED, KINDS
from shared.law.answers import Heading, Party, Payload, certificate_kind, party, spoken_name, under

CERTIFICATE_CLAUSES = ("AT-9", "AT-22")
REFUSAL_CLAUSE = "AT-8.3"


def certificate(heading: Heading, patient: Party, placement: Placement) -> Payload:
    """Return the certificate: who is attached to which provider since when, to which district and doctor."""
    seat, provider = placement.seat, heading.provider
    words = ATTACHED if placement.why is not None else CONFIRMED
    return under(heading, certificate_kind(heading.passport)) | {
        "patient": party(patient),
        "attachment": {
            "since": placement.since.isoformat(),
            "district": {"number": seat.number, "kind": seat.kind, "name": KINDS[seat.kind].as_dict()},
            "doctor": {"id": seat.doctor_id, "name": seat.doctor_name},
            "confirmed": placement.why is None,
        },
        "clauses": [heading.result_clause, *CERTIFICATE_CLAUSES],
        "text": words.filled(
            number=heading.number,
            patient=spoken_name(patient),
            provider=provider.name,
            address=provider.address,
            telephones=", ".join(provider.telephones),
            district=seat.number,
            kind=KINDS[seat.kind],
            doctor=seat.doctor_name,
            since=placement.since.strftime("%d.%m.%Y"),
        ).as_dict(),
    }

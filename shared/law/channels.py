"""The ways by which a service can be asked for (HV-7, AP-7, AT-6)."""

from enum import StrEnum


class Channel(StrEnum):
    """One way to ask: at the provider's desk, by telephone, or in the personal cabinet of the portal."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    PORTAL = "portal"

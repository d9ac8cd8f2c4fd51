"""Distinguished names: the text of their attributes (RFC 5280, 4.1.2.4). Names themselves are compared as raw DER."""

from typing import Final

from shared.eds import der
from shared.eds.der_values import dotted

COMMON_NAME: Final = "2.5.4.3"
SERIAL_NUMBER: Final = "2.5.4.5"
ORGANISATION: Final = "2.5.4.10"
ORGANISATIONAL_UNIT: Final = "2.5.4.11"

_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}


def attributes_of(name: der.Node) -> tuple[tuple[str, str], ...]:
    """Return every attribute as (dotted OID, text), in order, those of multi-valued RDNs too.

    Raises ValueError where the element is no name. Length limits of X.520 are not asked: the authority exceeds them.
    """
    found: list[tuple[str, str]] = []
    for rdn in name.children:
        if rdn.tag != der.SET or not rdn.children:
            raise der.NotDer("not a name")
        for attribute in rdn.children:
            oid, value = attribute.children
            if oid.tag != der.OID or value.tag not in _ENCODINGS:
                raise der.NotDer("not an attribute of text")
            found.append((dotted(oid.content), value.content.decode(_ENCODINGS[value.tag])))
    return tuple(found)

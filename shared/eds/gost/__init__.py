"""GOST digests and signatures, verification only, in pure Python from the standards' own texts.

``streebog`` is GOST 34.11-2015 (RFC 6986), ``gost94`` is GOST 34.11-94 (RFC 5831), ``curves`` and ``points`` are the
groups, ``signature`` is GOST 34.10-2015 and 34.10-2004 (RFC 7091, 5832) as the authority of Kazakhstan writes them.

Nothing here is constant in time: it only ever sees public numbers. No private key is used here, and none must be.
"""

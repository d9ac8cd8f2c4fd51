"""The corpus: values, texts and bodies that broke such services before. Fixed, so that what fails fails again.

A canary stands in whatever can hold one: it may come back in no problem and reach no log.
"""

import json
from typing import Final

CANARY: Final = "k4nareika"
_QUOTED: Final = b'"' + CANARY.encode() + b'"'


def _said(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")


NEVER: Final[dict[str, bytes]] = {
    "NUL, escaped": b'"\\u0000k4nareika"',
    "NUL, raw": b'"\x00k4nareika"',
    "line end, raw": b'"k4nareika\r\nSet-Cookie: a=b"',
    "tab, raw": b'"\tk4nareika"',
    "lone high surrogate, escaped": b'"\\ud800k4nareika"',
    "lone low surrogate, escaped": b'"k4nareika\\udfff"',
    "lone surrogate, raw": b'"\xed\xa0\x80k4nareika"',
    "surrogate pair, raw (CESU-8)": b'"\xed\xa0\xbd\xed\xb8\x80k4nareika"',
    "overlong slash": b'"\xc0\xafk4nareika"',
    "overlong NUL": b'"\xc0\x80k4nareika"',
    "beyond Unicode": b'"\xf4\x90\x80\x80k4nareika"',
    "cut sequence": b'"k4nareika\xd2"',
    "latin-1": b'"k4nareika\xe9"',
    "no escape of JSON": b'"\\x41k4nareika"',
    "escape cut short": b'"k4nareika\\u00"',
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "-Infinity": b"-Infinity",
    "1e999": b"1e999",
    "-1e999": b"-1e999",
    "2^63": b"9223372036854775808",
    "-2^63-1": b"-9223372036854775809",
    "10^40": b"1" + b"0" * 40,
    "5000 digits": b"7" * 5000,
    "5000 digits and a point": b"7" * 5000 + b".5e1",
    "hexadecimal": b"0x10",
    "single quotes": b"'k4nareika'",
    "nothing": b"",
    "undefined": b"undefined",
    "comment": b'"k4nareika" /* c */',
    "depth 33": b"[" * 33 + b"]" * 33,
    "doubled key": b'{"k4nareika":1,"k4nareika":2}',
}
"""JSON that is taken nowhere: not JSON, not UTF-8, or outside what our parsers agree on."""

HEAVY: Final[dict[str, bytes]] = {
    "depth 100 000": b"[" * 100_000 + b"]" * 100_000,
    "depth 100 000, unclosed": b'{"k4nareika":' * 70_000,
    "20 000 keys": b"{" + b",".join(b'"k%d":1' % number for number in range(20_000)) + b"}",
    "200 000 values": b"[" + b"1," * 200_000 + b"1]",
    "a string over the limit": b'"' + b"k4nareika" * 120_000 + b'"',
}
"""Taken nowhere either, and turned away before any place of it is looked at: one place of a body stands for all."""

UNPLAIN: Final[dict[str, bytes]] = {
    "DEL": _said("\x7fk4nareika"),
    "escaped line end": b'"k4nareika\\r\\nSet-Cookie: a=b"',
    "forged log line": b'"k4nareika\\n{\\"event\\":\\"login\\"}"',
    "escape sequence of terminals": b'"\\u001b[2Jk4nareika"',
    "byte order mark": _said("\ufeffk4nareika"),
    "right-to-left override": _said("k4\u202enareika\u202c"),
    "zero-width space": _said("k4nareika\u200b"),
    "soft hyphen": _said("k4na\u00adreika"),
    "tag characters": _said("k4nareika\U000e0041\U000e007f"),
    "line separator": _said("k4nareika\u2028x"),
    "Arabic-Indic digits": _said("k4nareika ٨٧٠٤١٢٤٩٠٠١١"),
    "twelve Arabic-Indic digits": _said("٨٧٠٤١٢٤٩٠٠١١"),
    "twelve full-width digits": _said("８７０４１２４９００１１"),
    "an IIN with a zero width": _said("87041249\u200b0011"),
    "private use": _said("k4nareika\ue000"),
    "not a character": _said("k4nareika\uffff"),
    "not assigned": _said("k4nareika\U000e0fff"),
    "blank": _said(" "),
    "ideographic blank": _said("\u3000k4nareika"),
    "no-break space at the end": _said("k4nareika\u00a0"),
    "nothing in quotes": b'""',
}
"""Strings that are JSON and no plain text: taken in no text that is kept."""

OTHER: Final[dict[str, bytes]] = {
    "SQL": _said("k4nareika'; DROP TABLE requests; --"),
    "SQL, always true": _said("' OR '1'='1"),
    "SQL parameters": _said("k4nareika $1 %s :name ?"),
    "HTML": _said("<script>k4nareika()</script>"),
    "template": _said("{{7*7}}${7*7}<%= k4nareika %>{k4nareika}%(k4nareika)s"),
    "JNDI": _said("${jndi:ldap://k4nareika.example/a}"),
    "path": _said("../../../../etc/passwd%00k4nareika"),
    "shell": _said("$(touch k4nareika)`id`|id;id&&id"),
    "percent codes": _said("%00%0d%0ak4nareika%ED%A0%80"),
    "emoji": _said("k4nareika 👩🏽 🇰🇿 👍🏿"),
    "Kazakh": _said("Қанарей ӘІҢҒҮҰҚӨҺ k4nareika"),
    "right to left": _said("כנרית قناري k4nareika"),
    "not NFC": _said("k4nareika и\u0306"),
    "300 accents": _said("Z" + "\u0335" * 300 + "k4nareika"),
    "very long": _said("k4nareika" * 8_000),
    "9999-12-31": b'"9999-12-31"',
    "0000-00-00": b'"0000-00-00"',
    "2026-02-30": b'"2026-02-30"',
    "0001-01-01": b'"0001-01-01"',
    "the end of time": b'"9999-12-31T23:59:59-14:00"',
    "the beginning of time": b'"0001-01-01T00:00:00+14:00"',
    "a moment without a zone": b'"2026-11-24T10:00:00"',
    "24:00": b'"24:00"',
    "yes": b'"yes"',
    "nil UUID": b'"00000000-0000-0000-0000-000000000000"',
    "UUID in braces": b'"{0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90}"',
    "twelve zeros": b'"000000000000"',
    "base64 of another alphabet": b'"-_-_"',
    "base64 without its end": b'"AAAAA"',
    "null": b"null",
    "true": b"true",
    "0": b"0",
    "1": b"1",
    "-1": b"-1",
    "1.5": b"1.5",
    "1e2": b"1e2",
    "2^31": b"2147483648",
    "2^63-1": b"9223372036854775807",
    "-2^63": b"-9223372036854775808",
    "list": b"[]",
    "object": b"{}",
    "object of one": b"{" + _QUOTED + b":" + _QUOTED + b"}",
    "prototype": b'{"__proto__":{"k4nareika":true}}',
}
"""Values that may be lawful where they stand; they are answered, one way or the other."""

URL_TEXTS: Final = (
    *("%00", "%00k4nareika", "k4nareika%0d%0aSet-Cookie:%20a=b", "%0a", "%7f", "%1b[2J", "%ED%A0%80", "%C0%AF"),
    *("%FFk4nareika", "%F4%90%80%80", "%EF%BB%BFk4nareika", "%E2%80%AEk4nareika", "%E2%80%8B", "%D9%A8%D9%A7", "%"),
    *("%zz", "%u0000", "%2500", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2fk4nareika", "..", ".", "%2f", "%5c..%5c"),
    *("k4nareika'%20OR%20'1'='1", "k4nareika';DROP%20TABLE%20accounts;--", "%3Cscript%3Ek4nareika%3C/script%3E"),
    *("$%7Bjndi:ldap://k4nareika%7D", "%7B%7B7*7%7D%7D", "%25s%25n", "*", "~", ";k4nareika=1", "%23", "%3F", "%26a=b"),
    *("0", "-1", "1e999", "NaN", "9223372036854775808", "9" * 5000, "true", "null", "9999-12-31", "0000-00-00"),
    *("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00%2B14:00", "2026-11-24T24:00:00Z"),
    *("00000000-0000-0000-0000-000000000000", "0198F2A4-6C1E-7D3B-9C55-3F1D2A7E8B90", "%7B0198f2a4%7D"),
    *("%F0%9F%90%A4", "%D2%9A%D0%B0%D0%BD%D0%B0%D1%80", "k4nareika" * 2_000, "A" * 43, "%D9%A1" * 12, "%EF%BC%91" * 12),
)
"""Texts of a path or a query, as they stand on the request line."""

HEADER_TEXTS: Final = (
    *(b"", b"k4nareika", b"k4nareika\xff\xfe", "Қанарей k4nareika".encode(), b"\xc0\xaf", b"\xed\xa0\x80", b"*", b","),
    *(b'"', b"wait=99999999999", b"wait=-1", b"q=;q=NaN;q=1e999", b"kk;q=\xd9\xa1", b"9" * 5000, b"../../etc/passwd"),
    *(b"${jndi:ldap://k4nareika}", b"' OR '1'='1", b"<script>k4nareika</script>", b"k4nareika," * 800, b"NaN"),
    *(
        b"00-" + b"0" * 32 + b"-" + b"0" * 16 + b"-00",
        b"for=k4nareika;by=_hidden",
        b"fe80::1%k4nareika",
        b"\t k4nareika",
    ),
)
"""Texts of a header: whatever bytes a server lets through."""

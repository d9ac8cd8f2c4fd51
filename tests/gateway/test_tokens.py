"""Access tokens: what is refused, and why nothing else can be said in one."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.tokens import ACCESS_LIFE, AccessTokens, Bearer, TokenNotValid, hash_of, new_refresh_token

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
KEY = ec.generate_private_key(ec.SECP256R1())
FOREIGN = ec.generate_private_key(ec.SECP256R1())
TOKENS = AccessTokens(KEY, issuer="issuer", audience="api")
BEARER = Bearer(UUID(int=1), UUID(int=2))
TOKEN = TOKENS.issue(BEARER, AT)
HEADER: dict[str, Any] = jwt.get_unverified_header(TOKEN)
CLAIMS: dict[str, Any] = jwt.decode(TOKEN, options={"verify_signature": False})
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def made(header: dict[str, Any], claims: dict[str, Any], key: ec.EllipticCurvePrivateKey = KEY) -> str:
    """Sign anything, as our own key would if it were told to; header and claims are taken as they are."""
    signed = f"{encoded(_json(header))}.{encoded(_json(claims))}"
    signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA256).sign(signed.encode(), key)
    return f"{signed}.{encoded(signature)}"


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in CLAIMS.items() if key != name}


def hs256_with_the_public_key() -> str:
    signed = f"{encoded(_json(HEADER | {'alg': 'HS256'}))}.{encoded(_json(CLAIMS))}"
    return f"{signed}.{encoded(hmac.digest(PUBLIC_PEM, signed.encode(), hashlib.sha256))}"


def with_a_key_of_its_own(member: str) -> str:
    own = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(FOREIGN.public_key()))
    value = own if member == "jwk" else "https://evil.example/keys" if member in {"jku", "x5u"} else "foreign"
    return made(HEADER | {member: value}, CLAIMS, FOREIGN)


def with_other_bytes_of_the_same_base64() -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet[alphabet.index(TOKEN[-1]) ^ 1]
    assert base64.urlsafe_b64decode(TOKEN[-86:-1] + last + "==") == base64.urlsafe_b64decode(TOKEN[-86:] + "==")
    return TOKEN[:-1] + last


ATTACKS: dict[str, Callable[[], str]] = {
    "alg none, no signature": lambda: f"{encoded(_json(HEADER | {'alg': 'none'}))}.{encoded(_json(CLAIMS))}.",
    "alg none, signature kept": lambda: made(HEADER | {"alg": "none"}, CLAIMS),
    "signature taken away": lambda: TOKEN.rpartition(".")[0] + ".",
    "HS256 with the public key": hs256_with_the_public_key,
    "a foreign kid": lambda: with_a_key_of_its_own("kid"),
    "a jwk of its own": lambda: with_a_key_of_its_own("jwk"),
    "a jku": lambda: with_a_key_of_its_own("jku"),
    "an x5u": lambda: with_a_key_of_its_own("x5u"),
    "our header, a foreign key": lambda: made(HEADER, CLAIMS, FOREIGN),
    "crit": lambda: made(HEADER | {"crit": ["exp"]}, CLAIMS),
    "typ JWT": lambda: made(HEADER | {"typ": "JWT"}, CLAIMS),
    "typ refresh": lambda: made(HEADER | {"typ": "refresh"}, CLAIMS),
    "typ missing": lambda: made({key: value for key, value in HEADER.items() if key != "typ"}, CLAIMS),
    "another audience": lambda: made(HEADER, CLAIMS | {"aud": "other"}),
    "several audiences": lambda: made(HEADER, CLAIMS | {"aud": ["api", "other"]}),
    "another issuer": lambda: made(HEADER, CLAIMS | {"iss": "other"}),
    "no exp": lambda: made(HEADER, without("exp")),
    "exp as text": lambda: made(HEADER, CLAIMS | {"exp": str(CLAIMS["exp"])}),
    "exp as NaN": lambda: made(HEADER, CLAIMS | {"exp": float("nan")}),
    "exp over": lambda: made(HEADER, CLAIMS | {"exp": int(AT.timestamp())}),
    "issued in the future": lambda: made(HEADER, CLAIMS | {"iat": CLAIMS["iat"] + 1}),
    "no session": lambda: made(HEADER, without("sid")),
    "a session that is no id": lambda: made(HEADER, CLAIMS | {"sid": "1"}),
    "a claim of its own": lambda: made(HEADER, CLAIMS | {"role": "head"}),
    "padding": lambda: TOKEN + "==",
    "another spelling of the signature": with_other_bytes_of_the_same_base64,
    "four parts": lambda: TOKEN + ".e30",
    "letters that are no ASCII": lambda: TOKEN[:-1] + "ё",
    "a lone surrogate": lambda: TOKEN[:-1] + "\ud800",
    "nothing": lambda: "",
    "very long": lambda: TOKEN + "A" * 100_000,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_access_token_is_refused_with(attack: str) -> None:
    with pytest.raises(TokenNotValid):
        TOKENS.read(ATTACKS[attack](), AT)


def test_the_maker_of_attacks_makes_tokens_that_are_taken_when_nothing_is_wrong_with_them() -> None:
    assert TOKENS.read(made(HEADER, CLAIMS), AT) == (BEARER, AT + ACCESS_LIFE)


def test_a_token_serves_for_ten_minutes() -> None:
    assert timedelta(minutes=10) == ACCESS_LIFE
    last = AT + ACCESS_LIFE - timedelta(seconds=1)
    assert TOKENS.read(TOKEN, last)[0] == BEARER
    with pytest.raises(TokenNotValid, match="time"):
        TOKENS.read(TOKEN, AT + ACCESS_LIFE)


def test_a_token_is_what_rfc_9068_says_and_holds_no_iin() -> None:
    assert {"alg": "ES256", "typ": "at+jwt"}.items() <= HEADER.items()
    assert CLAIMS.keys() == {"iss", "aud", "sub", "sid", "jti", "client_id", "iat", "exp"}
    assert jwt.decode(
        TOKEN, KEY.public_key(), ["ES256"], options={"verify_exp": False, "verify_iat": False}, audience="api"
    )


def test_tokens_of_a_retired_key_serve_until_it_is_forgotten() -> None:
    after_rotation = AccessTokens(FOREIGN, issuer="issuer", audience="api", retired=[KEY.public_key()])
    assert after_rotation.read(TOKEN, AT)[0] == BEARER
    with pytest.raises(TokenNotValid, match="header"):
        AccessTokens(FOREIGN, issuer="issuer", audience="api").read(TOKEN, AT)


def test_only_a_p_256_key_signs_access_tokens() -> None:
    with pytest.raises(TypeError):
        AccessTokens(ec.generate_private_key(ec.SECP384R1()), issuer="issuer", audience="api")


def test_refresh_tokens_are_long_random_and_kept_as_hashes() -> None:
    first, second = new_refresh_token(), new_refresh_token()
    assert first != second
    assert len(base64.urlsafe_b64decode(first + "=")) == 32
    assert hash_of(first) == hashlib.sha256(first.encode()).digest()

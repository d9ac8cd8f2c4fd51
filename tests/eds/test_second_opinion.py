"""OpenSSL agrees: with our signatures, lists and answers; and we with its signatures."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from nca_stub.responder import Responder
from nca_stub.stamper import Stamper
from shared.eds.certificate import Certificate
from shared.eds.ocsp import question
from shared.eds.profile import bins_of, iins_of, roles_of
from tests.eds.bad_cases import BAD_CASES
from tests.eds.stage import AT, CONTENT, Stage
from tests.programs import OPENSSL, needs

OpenSsl = Callable[..., subprocess.CompletedProcess[bytes]]
needs_openssl = needs(OPENSSL)


@pytest.fixture
def openssl(stage: Stage, tmp_path: Path) -> OpenSsl:
    """Run the command in a folder that holds ``authorities.pem``, ``issuing.pem``, ``leaf.pem`` and ``content``."""
    authorities = (stage.authority.issuing, stage.authority.root)
    (tmp_path / "authorities.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in authorities))
    (tmp_path / "issuing.pem").write_bytes(stage.authority.issuing.public_bytes(Encoding.PEM))
    (tmp_path / "leaf.pem").write_bytes(stage.citizen.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(stage.citizen.key_pem())
    (tmp_path / "content").write_bytes(CONTENT)

    def run(*arguments: str, **files: bytes) -> subprocess.CompletedProcess[bytes]:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        return subprocess.run(
            [str(OPENSSL.path), *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=60
        )

    return run


def accepts(openssl: OpenSsl, cms: bytes) -> bool:
    arguments = ("-cades", "-binary", "-inform", "DER", "-in", "cms", "-content", "content", "-purpose", "any")
    trusted = ("-CAfile", "authorities.pem", "-attime", str(int(AT.timestamp())), "-out", "out")
    return openssl("cms", "-verify", *arguments, *trusted, cms=cms).returncode == 0


@needs_openssl
@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_openssl_confirms_our_signatures(stage: Stage, openssl: OpenSsl, digest: str) -> None:
    cms = stage.made(digest=digest)
    assert accepts(openssl, cms)
    assert stage.verdict(cms).confirmed


@needs_openssl
@pytest.mark.parametrize(
    "name", ["other content", "a signature by another key", "another certificate named", "expired yesterday"]
)
def test_openssl_refuses_what_we_refuse(stage: Stage, openssl: OpenSsl, name: str) -> None:
    _, make = BAD_CASES[name]
    assert not accepts(openssl, make(stage))


@needs_openssl
def test_we_confirm_what_openssl_signs(stage: Stage, openssl: OpenSsl, tmp_path: Path) -> None:
    signing = ("-sign", "-binary", "-cades", "-nosmimecap", "-md", "sha256", "-outform", "DER", "-out", "made")
    done = openssl("cms", *signing, "-in", "content", "-signer", "leaf.pem", "-inkey", "key.pem")
    assert done.returncode == 0, done.stderr
    # OpenSSL signs at the machine's time, which is not the stage's: that one difference is found, after all others.
    assert stage.verdict((tmp_path / "made").read_bytes()).code in {"confirmed", "signing_time_out_of_range"}


@needs_openssl
def test_openssl_confirms_our_lists(stage: Stage, openssl: OpenSsl) -> None:
    for der in (stage.lists.full(AT), stage.lists.delta(AT)):
        checked = openssl("crl", "-inform", "DER", "-in", "list", "-CAfile", "issuing.pem", "-noout", list=der)
        assert (checked.returncode, b"verify OK" in checked.stderr) == (0, True)


@needs_openssl
def test_openssl_confirms_our_ocsp_answers(stage: Stage, openssl: OpenSsl) -> None:
    chain = stage.trust.chain_of(stage.citizen.der)
    asked = question(chain, bytes(range(32)))
    answer = Responder(stage.authority).answer(asked, AT)
    # The request has our nonce already; without -no_nonce OpenSSL would put a second one beside it.
    files = ("-reqin", "asked", "-respin", "answer", "-no_nonce")
    about = ("-issuer", "issuing.pem", "-sha256", "-cert", "leaf.pem", *files)
    checked = openssl(
        "ocsp", *about, "-CAfile", "authorities.pem", "-validity_period", "1000000000", asked=asked, answer=answer
    )
    assert (checked.returncode, b"Response verify OK" in checked.stderr) == (0, True), checked.stderr.decode()
    assert b"WARNING" not in checked.stderr


@needs_openssl
def test_openssl_confirms_our_time_stamps(stage: Stage, openssl: OpenSsl, tmp_path: Path) -> None:
    """The desk's answer to a request that OpenSSL made; for other content it is refused."""
    done = openssl("ts", "-query", "-data", "content", "-sha256", "-cert", "-out", "asked")
    assert done.returncode == 0, done.stderr
    answer = Stamper(stage.authority).answer((tmp_path / "asked").read_bytes(), AT)
    trusted = ("-CAfile", "authorities.pem", "-attime", str(int(AT.timestamp())))
    checked = openssl("ts", "-verify", "-queryfile", "asked", "-in", "answer", *trusted, answer=answer)
    assert checked.returncode == 0, checked.stderr.decode()
    other = openssl("ts", "-verify", "-data", "other", "-in", "answer", *trusted, other=b"another")
    assert other.returncode != 0


@pytest.mark.parametrize("word", ["citizen", "official"])
def test_our_reader_reads_a_certificate_as_the_library_does(stage: Stage, word: str) -> None:
    issued = stage.citizen if word == "citizen" else stage.official()
    ours, theirs = Certificate.read(issued.der), issued.certificate
    assert (ours.serial, ours.not_before, ours.not_after) == (
        theirs.serial_number,
        theirs.not_valid_before_utc,
        theirs.not_valid_after_utc,
    )
    assert (ours.tbs, ours.signature) == (theirs.tbs_certificate_bytes, theirs.signature)
    assert ours.extensions.keys() == {one.oid.dotted_string for one in theirs.extensions}
    usage = theirs.extensions.get_extension_for_class(x509.KeyUsage).value
    assert ("nonRepudiation" in ours.usages, "keyAgreement" in ours.usages) == (
        usage.content_commitment,
        usage.key_agreement,
    )
    purposes = theirs.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert ours.purposes == {one.dotted_string for one in purposes}
    assert len(iins_of(ours)) == 1
    assert (len(bins_of(ours)), len(roles_of(ours))) == ((0, 1) if word == "citizen" else (1, 2))

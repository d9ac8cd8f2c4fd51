from datetime import timedelta
from pathlib import Path

import pytest

from nca_stub.authority import create_authority
from nca_stub.orders import Order
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.kit.casework.seals import Seals
from tests.home_visit.people import OTHER_PROVIDER, PROVIDER, TUESDAY_TEN


@pytest.mark.parametrize("key", ["ec", "rsa"])
async def test_hv_8_2_a_document_is_sealed_by_the_providers_key_of_either_kind(
    sealed: Path, tmp_path: Path, key: str
) -> None:
    before = TUESDAY_TEN - timedelta(days=1)
    authority = create_authority(sealed / "nca", before)
    order = Order.organisation(PROVIDER.bin, PROVIDER.name, before, key=key)  # type: ignore[arg-type]
    issued = authority.issue(order)
    (tmp_path / f"{PROVIDER.bin}.key.pem").write_bytes(issued.key_pem())
    (tmp_path / f"{PROVIDER.bin}.chain.pem").write_bytes(issued.chain_pem())
    seals, trust = Seals(tmp_path), Trust.from_folder(sealed / "trust")
    for payload in (b"{}", b'{"number":"HV-2026-0000001"}'):
        jws = await seals.seal(PROVIDER.bin, payload)
        opened = open_sealed(jws, typ="phc-document+json", trust=trust, at=TUESDAY_TEN, bin=PROVIDER.bin)
        assert opened == payload
        (tmp_path / f"{PROVIDER.bin}.key.pem").unlink(missing_ok=True)  # It is loaded once, never per document.


async def test_without_the_providers_key_nothing_is_sealed(sealed: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await Seals(sealed / "seals").seal(OTHER_PROVIDER.bin, b"{}")

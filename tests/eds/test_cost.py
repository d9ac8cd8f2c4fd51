"""A verification takes under 50 ms of one core for GOST and under 3 ms for RSA (``python -m bench.eds``)."""

import statistics
from time import process_time

from tests.eds.stage import Stage


def test_a_verification_stays_within_its_cost(either: Stage) -> None:
    cms, store, costs = either.sign(), either.store(), []
    for _ in range(7):
        either.trust.forget()
        begun = process_time()
        assert either.verdict(cms, revocation=store).confirmed
        costs.append((process_time() - begun) * 1_000)
    # The best of several: what else runs on the machine slows some of them down, and makes none faster.
    assert min(costs) < (50 if either.is_gost else 3), f"{statistics.median(costs):.1f} ms"

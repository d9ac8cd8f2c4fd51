"""What the demonstration starts with: who is attached where, and the rounds that the clinics have entered."""

from shared.kit.clock import Clock
from stack.environment import Surroundings


async def load_demo_data(around: Surroundings, clock: Clock) -> list[str]:
    """Bring the demo data into the running services; safe to repeat at every start.

    Called once all services are ready. The calls are sealed as `operator` with the key in `layout.keys / "services"`.
    Returns lines that tell the person at the terminal what was loaded.
    """
    _ = around, clock
    return []

"""A trial installation in containers: `python -m stack.trial material FOLDER`, and `… demo`, once the services run.

TEST keys and demo people only. A real installation brings its own material and is loaded from the clinics' systems.
"""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from shared.kit.settings import Settings
from stack.dealing import deal
from stack.demo_data import load_demo_data
from stack.environment import Surroundings
from stack.layout import Layout
from stack.roster import DEFAULT_PORT_BASE, Service


@dataclass(frozen=True, slots=True)
class InContainers(Surroundings):
    """Where each service is reached under its own name instead of on one machine's ports."""

    def url_of(self, service: Service) -> str:
        """The service's address, without a slash at its end."""
        return f"http://{service.name}:{self.port_of(service)}"


def main(arguments: list[str]) -> int:
    """Do it; 0 when it went well."""
    match arguments:
        case ["material", folder]:
            deal(Path(folder), Settings().clock())
            print("Keys, seals, passwords and the TEST authority are there.")
        case ["demo", folder]:
            around = InContainers(Layout(Path(folder)), DEFAULT_PORT_BASE, "", 0.0)
            for line in asyncio.run(load_demo_data(around, Settings().clock())):
                print(line)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

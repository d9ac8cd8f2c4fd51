"""What the person at the terminal reads when everything stands."""

from collections.abc import Iterator

from person_registry_stub.demo_people import demo_people
from stack.launcher import Stack
from stack.layout import PROJECT
from stack.starting_time import said


def welcome(stack: Stack) -> Iterator[str]:
    """Where the doors are, what time it is in there, who the demo people are and where their keys lie."""
    gateway = stack.running.urls["gateway"]
    yield f"\nReady after {stack.seconds:.1f} s. The clock in there: {said(stack.clock.now())}."
    yield f"\n  portal API       {gateway}/v1/services"
    yield f"  its description  {gateway}/reference"
    for name, url in stack.running.urls.items():
        if name != "gateway":
            yield f"  {name:16} {url}/reference"
    demo = stack.layout.demo
    folder = demo.relative_to(PROJECT) if demo.is_relative_to(PROJECT) else demo
    yield f"\nDemo people (TEST keys in {folder}; sign with ./run sign KEYFILE):"
    for person in demo_people().values():
        key = f"{person.slug}.pem" if person.signs else "no key"
        yield f"  {person.person.iin}  {key:20} {person.purpose.en}"
    yield "\n./run demo walks the decree's processes, ./run logs -f shows the logs, Ctrl-C ends everything."

"""`./run lint`."""

from stack.checks import lint


def main(_: list[str]) -> int:
    """Run the lints alone."""
    return lint()

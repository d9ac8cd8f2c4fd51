"""`./run test [PYTEST ARGUMENTS]`."""

from stack.checks import lint, run_tests


def main(arguments: list[str]) -> int:
    """Lint and test everything; with arguments run only the tests that they choose."""
    if arguments:
        return run_tests(arguments)
    return max(lint(), run_tests())

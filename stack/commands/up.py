"""`./run`: everything stands until Ctrl-C."""

from stack.commands.options import read_options
from stack.launcher import run_stack
from stack.terminal import Terminal
from stack.welcome import welcome


def main(arguments: list[str]) -> int:
    """Start, tell how to use it, look after it until interrupted."""
    options = read_options(arguments, "./run")
    terminal = Terminal()
    with run_stack(options, terminal) as stack:
        for line in welcome(stack):
            terminal.say(line)
        try:
            stack.look_after()
        except KeyboardInterrupt:
            terminal.say("\nEnding everything …")
    return 0

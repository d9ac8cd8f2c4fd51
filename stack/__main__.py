"""`./run`: reads the command and does it.

./run [--at 2026-11-24T10:00] [--fresh] [--port-base 8000]    start everything; Ctrl-C ends it
./run demo                                                    walk the decree's processes against the running stack
./run logs [PROCESS] [-f]                                     what the processes have logged
./run sign KEYFILE < BYTES > CMS                              sign as NCALayer does (detached, DER)
./run test [PYTEST ARGUMENTS]                                 lints and tests; with arguments those tests alone
./run lint                                                    lints alone
./run bench [--rounds N] [--short]                            measure what a request costs; takes minutes
./run generate [--check]                                      write the generated files anew, or look for drift
"""

import errno
import importlib
import os
import signal
import sys
from typing import Final

from stack.failures import StackFailure

COMMANDS: Final = {
    "up": "stack.commands.up",
    "demo": "stack.commands.demo",
    "logs": "stack.commands.logs",
    "sign": "stack.commands.sign",
    "test": "stack.commands.test",
    "lint": "stack.commands.lint",
    "bench": "stack.commands.bench",
    "generate": "stack.generate",
}
"""Each module is loaded only when it is asked for: signing needs nothing of what starting needs."""
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Do the command; 0 when it went well."""
    if arguments and arguments[0] in {"-h", "--help", "help"}:
        print(__doc__)
        return 0
    command, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in COMMANDS else ("up", arguments)
    # SIGTERM and a closed terminal end everything in order, as Ctrl-C does; Ctrl-C also where a script had it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        status: int = importlib.import_module(COMMANDS[command]).main(rest)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left (`./run logs | head`); nothing more is to be written, at the exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except StackFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    except OSError as failure:
        if failure.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}:
            raise
        print(f"{failure.strerror}: {failure.filename or 'the disk'}. Nothing else is wrong.", file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

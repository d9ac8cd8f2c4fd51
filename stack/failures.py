"""What can go wrong in starting the stack: every message is one line of advice for the person at the terminal.

StackFailure
 ├─ NoPostgres          no server program that is new enough
 ├─ NoWayForServer      we are root, and the account for the server cannot reach its folder
 ├─ PostgresFailed      the server did not start
 ├─ PortTaken           a port is in use
 ├─ AlreadyRunning      another launcher holds the data folder
 ├─ NotReady            a service did not come up
 └─ NoSuchLog           nothing has been logged under this name
"""


class StackFailure(Exception):
    """The root of the tree."""


class NoPostgres(StackFailure):
    """No PostgreSQL was found that is new enough."""


class NoWayForServer(StackFailure):
    """The server cannot be run here as another account."""


class PostgresFailed(StackFailure):
    """PostgreSQL did not do what was asked."""


class PortTaken(StackFailure):
    """A port is in use."""


class AlreadyRunning(StackFailure):
    """Another launcher holds this data folder."""


class NotReady(StackFailure):
    """A service did not come up."""


class NoSuchLog(StackFailure):
    """Nothing has been logged under this name."""

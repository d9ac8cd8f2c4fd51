"""What alembic runs for every service: its versions, in one transaction, one process at a time."""

from alembic import context
from sqlalchemy import text

# Two replicas that start at once take turns: the second finds nothing left to do.
TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtext('shared.kit.migrations'))")

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None)
connection.execute(TAKE_TURNS)
with context.begin_transaction():
    context.run_migrations()

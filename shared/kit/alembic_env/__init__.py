"""The environment that alembic runs every service's versions in."""

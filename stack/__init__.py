"""Runs the whole system on one machine: PostgreSQL, seven processes, keys, demo data."""

"""The world around the rules: clock, settings, database, envelopes, HTTP, problems, the assembly of a service."""

"""URLs of the gateway: parse, call, return; one module a subject."""

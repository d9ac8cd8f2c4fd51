"""Bodies in and out of the gateway; one module a subject."""

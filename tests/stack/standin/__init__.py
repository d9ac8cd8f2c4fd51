"""A service that does nothing, to see how the launcher treats services."""

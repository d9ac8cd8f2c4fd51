"""The workstation (АЖО) of a clinic: pages for its employees over the same end points that a clinic's system uses."""

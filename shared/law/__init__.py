"""The law as pure values and functions of the standard library; it knows no framework, no network and no clock."""

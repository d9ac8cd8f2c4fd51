"""`./run bench`: what a request costs here, beside the same work done bare and the same work done the usual way.

Read in this order: scene.py (the running system and its people), walk.py, floor.py and conventional.py (the three that
are compared), reading.py (the status read), rounds.py (how they take turns), refusals.py (that the same build refuses
what it must), ledger.py (that nothing was answered wrongly), report.py.
"""

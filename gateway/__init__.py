"""The only door from outside: accounts, sessions, signatures, forwarding, catalogue, public verification.

Read in this order: process.py (the numbered processes of the portal), login.py and registration.py (processes 0 to 2),
conditions.py (conditions 1 and 2), forward.py, routes/, app.py.
"""

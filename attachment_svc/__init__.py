"""Attachment to a primary-care organisation; for now the register of the attached population (HV-12.2, AP-12.2).

Read in this order: ``regulation``, ``journal`` (the register and who looked into it), ``statements`` (what is sealed),
``schemas``, ``routes``, ``app``. The state service itself (AT clauses) comes later.
"""

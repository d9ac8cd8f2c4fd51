"""Attachment to a primary-care organisation: clauses AT-8, 9, 14 to 17, processes 6 to 8 of AT-18; and the register.

Read in this order: ``regulation`` (limits and grounds, each with its clause), ``rules`` (facts and the decision),
``placing`` (which district, and why), ``documents`` and ``wording`` (what the certificate says), ``process`` (the
numbered processes on one page), ``facts`` (whom we ask), ``journal`` (who is attached where, written within the
decision), ``districts`` and ``imports`` (what clinics load), ``statements`` (what the other services are told under
seal), ``schemas``, ``routes``, ``app``. How a request travels is in ``shared/kit/casework``.
"""

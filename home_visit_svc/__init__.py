"""Calling a doctor to the home: clauses HV-8, 9, 12, 14, 15, condition 3 and processes 7 and 8 of HV-16.

Read in this order: ``regulation`` (limits and grounds, each with its clause), ``rules`` (facts and the decision),
``visits`` (the day and the window of a visit), ``documents`` and ``wording`` (what the certificate says), ``process``
(condition 3 and what follows), ``facts`` (whom we ask), ``journal`` (rounds and visits, what is kept beside
the requests), ``schemas``, ``routes``, ``app``. What is the same in every service is in ``shared/kit/casework``;
processes 0 to 5 of the decree are the gateway's.
"""

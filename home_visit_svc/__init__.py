"""Calling a doctor to the home: clauses HV-8, 9, 12, 14, 15, processes 6 to 8 of HV-16 and their rows of Table 1.

Read in this order: ``regulation`` (limits and grounds, each with its clause), ``rules`` (facts and the decision),
``visits`` (the day and the window of a visit), ``documents`` and ``wording`` (what certificate and refusal say),
``process`` (the numbered processes on one page), ``facts`` (whom we ask, in which order) and ``silence`` (when asking
would be in vain), ``attempts`` and ``timing`` (tried until answered), ``journal``, ``answers`` and ``rounds`` (what is
kept), ``schemas``, ``routes``, ``app``. Processes 0 to 5 of the decree are the gateway's.
"""

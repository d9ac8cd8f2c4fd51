"""Booking an appointment with a doctor: clauses AP-1, 8, 9, 12, 14, 15, condition 3 and processes 7 and 8 of AP-16.

Read in this order: ``regulation`` (limits and grounds, each with its clause), ``rules`` (facts and the decision),
``timetable`` (a doctor's day and the slots that follow from it), ``documents`` and ``wording`` (what the certificate
says), ``process`` (condition 3 and what follows), ``facts`` (whom we ask), ``journal`` (who holds which slot),
``taking`` (how a slot becomes an appointment), ``schedules`` (what clinics enter), ``search`` (free slots), ``changes``
(cancelling, and what came of a visit), ``untold`` (how the portal hears of it), ``schemas``, ``routes``, ``app``.
What is the same in every service is in ``shared/kit/casework``; processes 0 to 5 of the decree are the gateway's.
"""

"""A request's way through a service, the same in each: processes 6 to 8 (HV-16, AP-16, AT-18; Table 1).

Read in this order: ``entries`` (what goes into the journal), ``process`` (the processes on one page), ``registration``
(process 6), ``people`` (whom we ask about people, in which order) and ``silence`` (when asking would be in vain),
``attempts`` and ``timing`` (tried until answered), ``tables``, ``journal`` and ``answers`` (what is kept), ``seals``,
``schemas`` and ``routes``. Where officials decide: ``deciding``, ``proposals``, ``reviewing``, ``reviews``, and
``official_routes``. A service adds its rules, its documents, and what it promises: a visit, a slot, a district.
"""

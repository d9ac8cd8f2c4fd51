"""Documents on training, retraining and advanced training of health personnel: the clauses DP of the digest.

Read in this order: ``regulation`` (terms and grounds as data), ``rules`` and ``stages`` (what is decided, by whom),
``deadlines``; ``college`` (what the college keeps), ``cases`` and ``journal`` (what becomes of a request), ``process``
(what happens by itself), ``acts``, ``preparing`` and ``signing`` (what employees do), ``papers`` and ``scans``,
``documents`` and ``standing`` (what anyone can check), ``views``, ``schemas``, ``routes``.
"""

"""The person registry (ЖТ МДҚ) as the services meet it: sealed answers about people who do not exist, in any mood.

Read in this order: ``app``, ``routes``, ``desk`` (answers), ``moods`` and ``wire`` (bad ones), ``registers``,
``population`` with ``kindred`` and ``portraits`` (who lives here), ``demo_people`` and ``demo_cases``.
Clauses: HV-11.5, HV-17.3, HV-17.4, AP-17.3, AT-19.3. The real registry replaces it by configuration alone.
"""

"""Electronic signatures of Kazakhstan: no framework, no network, no clock; the time is always a parameter.

Read in this order: ``verdict`` and ``words`` (what is said), ``der`` (the gate before any parser), ``certificate`` and
``profile`` (who), ``algorithms``, ``trust``, ``revocation`` and ``ocsp``, ``signed_data`` and ``cms`` (a citizen's
signature), ``jws`` (what seals our own documents).
"""

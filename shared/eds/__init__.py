"""Electronic signatures of Kazakhstan: no framework, no network, no clock; the time is always a parameter.

What others use, and how, is on the page ``docs/eds.md``. To read the code: ``verdict`` and ``words`` (what is said),
``der`` (the gate before everything), ``certificate`` and ``profile`` (who), ``algorithms``, ``gost`` with ``gost_keys``
and ``gost_engine``, ``trust``, ``revocation`` with ``crl_store`` and ``ocsp``, ``signed_data``, ``time_stamp``, ``cms``
(a citizen's signature), ``evidence``, ``report`` and ``__main__`` (the command line), ``jws`` (the seals of documents).
"""

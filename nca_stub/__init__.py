"""Stands for the National Certification Authority (ҰКО) and behaves like it; every key it makes is a TEST key.

Read in this order: ``profiles`` and ``orders`` (what a certificate says), ``register`` (what was issued and revoked),
``certificates`` and ``authority``, ``lists`` (CRL), ``responder`` (OCSP), ``signing`` (what NCALayer does on a person's
computer), ``routes`` and ``app``; ``__main__`` is the command line for people with curl.
"""

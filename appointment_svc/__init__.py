"""Booking an appointment with a doctor: the clauses AP of the digest.

The service comes with its own issue. Until then this process only stands in its place: it has its database and its
health pages, takes no request, and the gateway's catalogue does not offer it.
"""

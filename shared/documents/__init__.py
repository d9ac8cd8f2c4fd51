"""Documents as people read them and as anyone checks them, without framework, network or clock.

Read in this order: ``sealed`` (a sealed document, opened or only read), ``labels`` and ``page`` (what a page says, by
data: the same for every service), ``web`` and ``paper`` (the page as HTML and as PDF), ``seal_of_paper`` (PAdES), then
the check of files: ``findings``, ``check``, ``check_pdf``; ``__main__`` is the command line.
"""

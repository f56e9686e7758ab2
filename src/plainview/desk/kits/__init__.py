"""Letters, clauses, questions and petitions, filled from a frozen page and edited by whoever sends them.

In:   a frozen page.
Out:  a text to print, to copy or to save; the number of signatures.
Not here: sending anything; who signed.
"""

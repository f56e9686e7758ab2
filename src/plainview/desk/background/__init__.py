"""Who pays whom, who has which interest, what to read, what the law asks.

In:   tax forms and tables that others published, declarations.
Out:  plain tables with their sources; for a page that is about to be frozen: money and conflicts.
Not here: a judgement about any of it.
"""

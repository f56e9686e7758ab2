"""Who pays whom, who has which interest, what to read, what the law asks.

In:   tax forms and tables that others published, declarations.
Out:  plain tables with their sources.
Not here: a judgement about any of it.
"""

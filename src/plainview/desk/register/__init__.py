"""A district's own list of what it uses, and what binds it.

In:   products, contracts, screen minutes, numbers of children; frozen pages.
Out:  what is due at a glance; mail to those who asked for it; feeds; letters and clauses.
Not here: reviews themselves; anything about a child.
"""

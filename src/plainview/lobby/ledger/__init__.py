"""Who looked and who decided; added to, never changed; holds no words about anyone.

In:   a deed: who, what, about whom, when.
Out:  lines, newest first; a chain of hashes over the decisions.
Not here: why. Reasons stand on the row they belong to, which a family can have erased.
"""

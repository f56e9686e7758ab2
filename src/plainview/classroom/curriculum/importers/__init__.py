"""Other people's collections: each reader lists every fault by file and place, and takes the rest.

In:   files as others published them.
Out:  rows of this room that say where they came from and on what terms.
Not here: the reader's own content (load.py), and anything about people.
"""

"""What anyone may read, on a phone, with scripts off.

In:   frozen pages.
Out:  pages, feeds, an interface for programs, downloads.
Not here: anything that is not frozen yet.
"""

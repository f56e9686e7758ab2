"""What other systems' files say: pure readers and writers.

In:   bytes of a file that somebody else's system wrote.
Out:  frozen values, every fault by its place.
Not here: learning logs (core.logs), what the values mean (core.audit).
"""

"""The learning log: one table that a log is read from and written to.

In:   rows of a file.
Out:  attempts in their order, and every fault by line.
Not here: what the attempts mean. That is core.learner.
"""

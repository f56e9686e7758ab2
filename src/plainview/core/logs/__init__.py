"""The learning log: one table that a log is read from and written to.

In:   a log of any system: a file, a folder, a table.
Out:  attempts in their order, as numbers (door, coded) or one at a time (read); every fault by line.
Not here: what the attempts mean. That is core.learner.
"""

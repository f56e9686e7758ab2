"""Cuts: how often would a decision at a cut come out otherwise?

In:   scores and a reliability, or abilities and their standard errors; the cuts.
Out:  accuracy (as the true score would decide) and consistency (as a second, equal test would), at every cut.
Not here: where a cut should stand. That is for people to argue.
"""

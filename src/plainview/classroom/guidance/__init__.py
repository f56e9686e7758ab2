"""What the evidence suggests, why, and what the teacher made of it. Off until a teacher turns it on.

In:   evidence and plans, read when a page asks.
Out:  estimates, suggestions, decisions; only a teacher's press moves anything.
Not here: grades, ranks, groups that make themselves.
"""

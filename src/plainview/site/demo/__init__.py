"""The demonstration school: made-up people, eight weeks of history from stated truths.

In:   the content files and core.learner's simulator.
Out:  a full database, and sign-in links that work on this machine only.
Not here: anything a real school uses.
"""

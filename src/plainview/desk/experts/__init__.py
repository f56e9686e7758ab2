"""Three or more experts rate, each alone.

In:   an invitation, a declaration of independence, ratings on the question bank.
Out:  how far they agree, and what they say together.
Not here: checks that a machine can repeat (reviews), the verdict (verdicts).
"""

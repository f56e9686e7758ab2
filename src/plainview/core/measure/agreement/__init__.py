"""Agreement: do people, or a person and a machine, see the same in the same work?

In:   ratings, one row a thing that was rated, one column a rater, NaN where a rater did not rate it.
Out:  coefficients with intervals, their n, what was left out, and how far one may rely on them.
Not here: whether those who agree are right.
"""

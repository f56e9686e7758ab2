"""Is it fair?

In:   a learning log or its predictions, and a table of groups that is kept apart from it.
Out:  differences between groups of students who know as much, each with its interval and what chance makes.
Not here: whose fault it is. A difference is a reason to look, never a verdict.
"""

"""Counting honestly: intervals and weighted quantiles.

In:   counts, samples, weights.
Out:  frozen results that carry their doubt and their n.
Not here: anything that knows what a student is.
"""

"""Is this test sound? Items, reliability, response models, fairness of items, agreement of raters.

In:   who answered what, and how: students x items, NaN where nobody answered; or ratings.
Out:  frozen results that carry their doubt, their n, and how the computation ended.
Not here: what a student knows now (learner), which product is asked about (audit), pictures (charts).
"""

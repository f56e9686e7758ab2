"""Fairness of items: do students of a group who know as much get an item right as often?

In:   scores, students x items, 0 or 1, NaN where nobody answered; who is in the group; what to match
      students on.
Out:  for each item an effect with interval and class, or why it cannot be said; how the matching was
      purified.
Not here: whether a difference is unfair. A class of C asks people to read the item; it does not judge it.

Differential item functioning (DIF) is a difference *at the same level of what the test measures*. That a
group gets an item right less often is not DIF.
"""

"""Are its assessments sound?

In:   responses, an item pool, a framework, cuts, scores by people and by a machine.
Out:  how consistent, how well fitting, how covering the tests are, for each use that is made of them.
Not here: differences between groups (fairness).
"""

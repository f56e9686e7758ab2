"""Does it work?

In:   a study, as summary numbers or as rows with a design.
Out:  an effect with its interval, a rating by the What Works Clearinghouse's rules, an ESSA tier,
      and what could have been seen.
Not here: whether the product adapts (adaptivity), whether its own tests are sound (soundness).
"""

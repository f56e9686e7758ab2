"""How likely is the next answer right, from counts and rates of the answers before it?

In:   a coded log (core.logs.coded): who answered which item of which skills, in which order, right or not.
Out:  AFM, PFA, Best-LR and the extended model: fits that say how they ended, predictions one step ahead,
      weights that can be read aloud, explanations that add up exactly.
Not here: whether a skill is "known" (bkt), which model to choose (choosing), what a student does next.
"""

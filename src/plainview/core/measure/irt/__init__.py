"""Item response theory: what each item asks, what each student shows, and how sure both are.

In:   students x items, NaN where nobody answered.
Out:  a fit: items' slopes and intercepts with standard errors, how the search ended, how the grid was chosen;
      and what may be asked of a fit: do the items follow the model, how much does the test tell and where.
Not here: one student's ability from known items (learner), pictures (charts), items and groups (dif).
"""

"""Classical test theory: how consistent is a test, and how far may one student's score be off?

In:   scores, students x items, NaN where nobody answered.
Out:  alpha, omega, split halves, standard errors of measurement, each with interval, n and who was left out.
Not here: single items (items, distractors), response models (irt).
"""

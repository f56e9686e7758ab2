"""Does it really adapt?

In:   a learning log, what simulated twins were given, difficulties.
Out:  whether students differ in what they see, whether an answer changes what comes next, whether that helps.
Not here: whether it works (efficacy), for whom it does not (fairness).
"""

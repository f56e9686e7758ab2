"""Which model may speak for this log? The simplest that predicts as well as the best.

In:   a log as numbers; which models, how many folds, a seed.
Out:  every model's figures on students it has not seen, with intervals; the choice, in words.
Not here: the models themselves (one room down each), files and screens (cli.fit).
"""

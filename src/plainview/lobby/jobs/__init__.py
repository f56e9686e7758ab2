"""Work that outlives a request, kept in the same database.

In:   a task and its arguments, as JSON.
Out:  its state, how far it is, what came of it; one that was cut off is taken up again.
Not here: any task. Each room has its own.
"""

"""Work that outlives a request, kept in the same database.

In:   a task and its arguments, as JSON.
Out:  its state, how far it is, what came of it; one that was cut off is taken up again.
Not here: any task. Each room has its own.

A job is taken on a lease that the worker renews while it lives. When a worker is killed its lease runs out,
and the next one begins the job again: a task is written so that doing it twice does no harm.
"""

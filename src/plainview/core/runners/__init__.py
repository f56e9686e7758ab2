"""The same computation on 28 students or a hundred million rows: in threads, on Spark, a shard at a time.

In:   a log of any size; a job: a pure function from the table of some students to a table.
Out:  one table, the same to the last bit whichever way it was run; what is finished is kept.
Not here: models. A job asks learner or measure, which know nothing of runners.

This room stands above learner and measure, beside rules, because a job is two lines around a model: were it
below, every model's room would hold a piece of it. The runners themselves (aside, keep, threads, spark, run)
import no model.

Why the numbers agree: a student's shard follows from her name alone (CRC-32), a shard's rows stand in the
order of the log, each shard is computed by itself, and shards are put together in their order.
"""

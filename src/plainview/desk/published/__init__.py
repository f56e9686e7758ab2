"""What was frozen for everyone: bytes that never change, and what happened since.

In:   a page, its files, an event.
Out:  the same, for ever: the database itself refuses a change.
Not here: who may publish (verdicts), how it is shown (public).
"""

"""One product under review, from a request to answers.

In:   requests, claims, notices, exhibits, what a vendor refused, a plan that was frozen.
Out:  findings, stored with the check and its version.
Not here: what experts think (experts), what follows (verdicts), what anyone may read (published, public).
"""

"""The report: what was found, for whoever has two minutes, and for whoever doubts every number.

In:   a review.
Out:  a page as words in order (page), and the same as HTML (html) and Markdown (markdown).
Not here: the answers, and what they mean for a claim.
"""

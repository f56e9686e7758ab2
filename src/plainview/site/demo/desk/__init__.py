"""The demonstration's desk: made-up people, and a made-up product at each stage of a review.

In:   an empty desk; the dossiers under content/desk, each with what its checks found, stored.
Out:  something to do for each role; one product published, with conditions whose clocks run.
Not here: real products. What is said of those is reviewed by people, not made up for a demonstration.

Every step is the same deed that a person's press would do, with a day of its own in the past.
"""

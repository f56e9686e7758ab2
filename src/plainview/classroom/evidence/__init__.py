"""What a student showed: an answer, an observation, a piece of work; seen, corrected, erased, exported.

In:   what was shown, by whom, when, in which language and medium, with what help.
Out:  a record that is added to and never changed; a learning log.
Not here: what it means (guidance), and what comes next (plans). Writing evidence makes nothing else happen.
"""

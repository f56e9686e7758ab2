"""The checks of this question, a line each: what is asked, of what, and where the answer lies.

In:   nothing.
Out:  lines of the catalogue. Only words are loaded here; an answer is loaded when it is asked for.
Not here: answers.
"""

from plainview.core.audit.check import Check

CHECKS: tuple[Check, ...] = ()

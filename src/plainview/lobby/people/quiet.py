"""What a log may hold of somebody's way in: that a try went wrong, and nothing that opens a door.

In:   a line on its way to the log.
Out:  the same line, without the code that a badge's address holds.
Not here: what is typed. That is sent to addresses that hold none of it, and marked as sensitive there.
"""

import logging
import re

BADGE = re.compile(r"(/badge/)(?!come-in\b)[^/\s?'\"]+")


class WithoutBadges(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = BADGE.sub(r"\1(a code)", record.getMessage()), ()
        return True

"""What a log may hold of somebody's way in: that a try went wrong, and nothing that opens a door.

In:   a line on its way to the log.
Out:  the same line, without the code that a badge's address holds.
Not here: what is typed. That is sent to addresses that hold none of it, and marked as sensitive there.
"""

import logging
import re
from http import HTTPStatus

DOORS = ("/badge/", "/account/")
BADGE = re.compile(r"(/badge/)(?!come-in\b)[^/\s?'\"]+")


class WithoutBadges(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = BADGE.sub(r"\1(a code)", record.getMessage()), ()
        return True


class WithoutAskingAgain(logging.Filter):
    """A form that asks once more (422) has told whom it concerns: to whoever runs the site it is no event.

    At a door it is one: somebody tries to come in.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        is_asking = getattr(record, "status_code", None) == HTTPStatus.UNPROCESSABLE_ENTITY
        return not is_asking or any(door in record.getMessage() for door in DOORS)

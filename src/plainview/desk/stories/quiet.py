"""What a log may hold of somebody who tells a story or writes a letter: that our own code is at fault.

In:   a line on its way to the log.
Out:  nothing, where a form was sent back, or too many came; the place of the fault and its kind, where it is
      ours. A fault's own words could repeat what somebody wrote.
Not here: the log of a proxy in front. Its operator must switch it off for these addresses
      (docs/for-operators/stories.md).
"""

import logging
import re
import traceback

# With or without a language before it.
FORMS = re.compile(r"^(?:/[a-z]{2}(?:-[a-z]+)?)?/(?:stories/(?:tell|withdraw)|kits)/")


class WithoutTellers(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None or not FORMS.match(getattr(request, "path", "")):
            return True
        if record.levelno < logging.ERROR:
            return False
        record.msg, record.args = _place(record), ()
        record.exc_info = record.exc_text = record.request = None
        return True


def _place(record: logging.LogRecord) -> str:
    kind, _fault, trace = record.exc_info or (None, None, None)
    steps = traceback.extract_tb(trace)
    where = f"{steps[-1].filename}, line {steps[-1].lineno}" if steps else "an unknown place"
    return f"A fault on a page where people write: {kind.__name__ if kind else 'unknown'} in {where}"

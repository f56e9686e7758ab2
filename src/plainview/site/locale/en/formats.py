"""How days are written in English here: as the pages say them, "21 October", with the year where it matters.

In:   a name of Django's, such as DATE_FORMAT.
Out:  its pattern.
Not here: numbers, and what a form takes: Django's own English.
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"

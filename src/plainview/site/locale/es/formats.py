"""How days and numbers are written in Spanish here.

In:   a pattern that a page asks for, such as "j F", or a name of Django's, such as DATE_FORMAT.
Out:  its Spanish form: "21 de octubre".
Not here: the words themselves (LC_MESSAGES/django.po); names of months and days (Django's own).
"""

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = r"j \d\e F \d\e Y, g:i A"
TIME_FORMAT = "g:i A"

# Django looks up every pattern here as if it were a name, and takes it as it stands where there is none.
# So the pages keep one short pattern for all languages. A test holds that each has its Spanish form.
globals().update(
    {
        "j F": r"j \d\e F",
        "l, j F": r"l j \d\e F",
        "j F Y": DATE_FORMAT,
        "l, j F Y": rf"l {DATE_FORMAT}",
        "j M Y": r"j\ M\ Y",
        "F Y": r"F \d\e Y",
        "j F Y, H:i": DATETIME_FORMAT,
        "H:i": TIME_FORMAT,
    }
)

# As schools in the United States and Mexico write them; Spain's comma would contradict the lessons.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3

# A date field of the browser takes this one form, whatever the language of the page.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]

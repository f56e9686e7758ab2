"""How days are written in English here: one style on every page, the day before the month as on the cards."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"

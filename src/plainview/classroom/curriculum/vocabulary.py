"""The closed word lists of this room.

In:   nothing.
Out:  kinds of activity, medium, kinds of item and of response; the supports an activity may clash with.
Not here: who needs which support. That is told in lobby.people, and kept apart.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Where a paper twin goes on on a new sheet.
NEW_PAGE = '<hr class="new-page">'


class ActivityKind(TextChoices):
    SMALL_GROUP = "small_group", _("small-group lesson")
    GAME = "game", _("game")
    CONVERSATION = "conversation", _("conversation")
    PRACTICE = "practice", _("practice set")
    PROJECT = "project", _("project")
    READING = "reading", _("reading")


class Medium(TextChoices):
    SCREEN = "screen", pgettext_lazy("what an activity is done on", "screen")
    PAPER = "paper", pgettext_lazy("what an activity is done on", "paper")
    HANDS_ON = "hands_on", pgettext_lazy("what an activity is done on", "hands-on")
    TALK = "talk", pgettext_lazy("what an activity is done on", "talk")


class ItemKind(TextChoices):
    NUMBER_LINE = "number_line", _("number line")
    AREA_MODEL = "area_model", _("area model")
    COMPARISON = "comparison", _("comparison")
    EQUIVALENCE = "equivalence", _("equal fractions")
    ADDITION_SUBTRACTION = "addition_subtraction", _("adding and subtracting")
    MIXED_NUMBERS = "mixed_numbers", _("mixed numbers")
    MULTIPLICATION = "multiplication", _("multiplying by a whole number")
    TENTHS_HUNDREDTHS = "tenths_hundredths", _("tenths and hundredths")
    WORD_PROBLEM = "word_problem", _("story problem")
    OTHER = "other", _("other")  # what came from elsewhere, and did not say


class Response(TextChoices):
    CHOICE = "choice", _("choose one")
    NUMBER = "number", _("write a number")
    FRACTION = "fraction", _("write a fraction")
    # Only in collections of others: right when written as expected, otherwise a person reads it.
    TEXT = "text", _("write an answer")


# Access-for-all features (AfA PNP 3) and two of our own: "no-screen" and "no-partner".
SUPPORTS = {
    "additional-time": _("more time"),
    "alternative-input": _("another way than hands to write or move things"),
    "braille": _("braille"),
    "breaks": _("breaks when needed"),
    "high-contrast": _("strong contrast"),
    "human-signer": _("sign language"),
    "item-translation": _("the whole text in the home language"),
    "keyword-translation": _("key words in the home language"),
    "large-print": _("large print"),
    "no-partner": _("works alone"),
    "no-screen": _("no screen"),
    "quiet-place": _("a quiet place"),
    "scribe": _("someone writes down what is said"),
    "screen-reader": _("a screen reader"),
    "speech-to-text": _("speaks instead of writing"),
    "spoken": _("text read aloud"),
    "tactile": _("things to touch instead of pictures"),
}

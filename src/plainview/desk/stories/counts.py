"""How many stories there are about a product, and what about, with their base.

In:   released stories.
Out:  counts in the shape of plainview.page/1, with what they cannot say.
Not here: a score, a share, an order of products. A story never enters a mark.
"""

from collections import Counter

from django.utils.translation import gettext, ngettext, override

from plainview.desk.published.page import LANGUAGES
from plainview.desk.stories.models import Standing, Story, Teller, Theme


def for_product(slug: str) -> dict:
    """``stories`` of a page: n, base, themes, since, until, silent."""
    rows = Story.objects.filter(product__slug=slug, standing=Standing.RELEASED)
    told = list(rows.values_list("teller", "is_verified", "themes", "told_in", "released_on"))
    themes = Counter(theme for _teller, _verified, themes, _in, _on in told for theme in themes)
    return {
        "n": len(told),
        "base": _words(lambda: _base(told)),
        "themes": [
            {"theme": _words(lambda theme=theme: str(Theme(theme).label)), "n": themes[theme]}
            for theme in sorted(themes, key=lambda one: (-themes[one], one))
        ],
        "since": min((row[3] for row in told), default=None),
        "until": max((row[4] for row in told), default=None),
        "silent": _words(silent),
    }


def silent() -> str:
    return gettext(
        "People choose whether to tell a story. So the counts say that something happened, not how often, "
        "and no stories do not mean that all is well."
    )


def _base(told: list[tuple]) -> str:
    if not told:
        return gettext("No story was told here yet.")
    schools, students, families = (sum(row[0] == teller for row in told) for teller in Teller)
    verified = _n_verified(told)
    parts = [
        ngettext("%(n)s by somebody at a school", "%(n)s by people at schools", schools) % {"n": schools},
        ngettext("%(n)s of them verified", "%(n)s of them verified", verified) % {"n": verified},
        ngettext("%(n)s by a student", "%(n)s by students", students) % {"n": students},
        ngettext("%(n)s by a family", "%(n)s by families", families) % {"n": families},
    ]
    n = len(told)
    whole = ngettext("Of %(n)s story: ", "Of %(n)s stories: ", n) % {"n": n}
    return f"{whole}{', '.join(parts)}."


def _n_verified(told: list[tuple]) -> int:
    return sum(row[1] for row in told)


def _words(say) -> dict[str, str]:
    """The same words in each language of a page."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say()
    return said

"""Hold what a story says happened against what was published.

In:   words of a story; a check of a published page, where there is one.
Out:  reported, corroborated or contradicted, with the finding that says so.
Not here: believing. "Reported" is no doubt of the person; it says that nothing else is known.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.published import read
from plainview.desk.published.page import Finding
from plainview.desk.stories import policy
from plainview.desk.stories.models import Fact, Story
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def tag(story: Story, *, says: str, standing: str, check: str, by: Person, at: datetime) -> Fact:
    """``check`` is of the newest published page; empty where the story alone says it."""
    policy.check_looks_after_stories(by)
    number = None if standing == Fact.Standing.REPORTED else _publication_with(story, check)
    if not says.strip() or says not in story.words:
        raise Denied(_("Copy the words from the story, just as they stand."))
    with durable():
        fact = Fact.objects.create(
            story=story,
            says=says,
            standing=standing,
            publication=number,
            check_name=check if number else "",
            by=by,
            on=at.date(),
        )
        deed("stories.fact_tagged", by=by.pk, at=at)
    return fact


def findings_of(slug: str) -> tuple[int, tuple[Finding, ...]]:
    """What the newest page of a product found; number 0 where none is published."""
    newest = read.newest(slug)
    return (newest.number, read.page_of(newest).findings) if newest else (0, ())


def _publication_with(story: Story, check: str) -> int:
    number, findings = findings_of(story.product.slug)
    answered = {one.check for one in findings if one.is_answered}
    if check not in answered:
        raise Denied(_("Only a published finding corroborates or contradicts. Choose one, or say reported."))
    return number

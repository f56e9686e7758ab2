"""What may be said of where a story happened.

In:   stories.
Out:  for each: its district, or its state only, or nothing.
Not here: finding out. Whoever told it chose to write it, or did not.

A district is named once three released stories are of it. For a story by a verified educator, three verified
ones must be there: else somebody could write two made-up stories to have a teacher's district named.
"""

from collections import Counter
from collections.abc import Iterable

from plainview.desk.stories.models import Standing, Story
from plainview.desk.stories.states import STATES

FEWEST_OF_A_DISTRICT = 3


def named(stories: Iterable[Story]) -> dict[int, str]:
    """By the story's number."""
    everyone, verified = _counts(Story.objects.filter(standing=Standing.RELEASED))
    return {story.pk: _place(story, verified if story.is_verified else everyone) for story in stories}


def _counts(released: Iterable[Story]) -> tuple[Counter, Counter]:
    everyone, verified = Counter(), Counter()
    for story in released:
        everyone[_key(story)] += 1
        verified[_key(story)] += story.is_verified
    return everyone, verified


def _place(story: Story, counts: Counter) -> str:
    state = STATES.get(story.state, "")
    if story.district and counts[_key(story)] >= FEWEST_OF_A_DISTRICT:
        return f"{story.district}, {state}"
    return state


def _key(story: Story) -> tuple[str, str]:
    return story.state, " ".join(story.district.casefold().split())

"""What may be said of where a story happened.

In:   stories.
Out:  for each: its district, or its state only, or nothing.
Not here: finding out. Whoever told it chose to write it, or did not.

A district is named once three released stories of it are there. Those of verified educators are counted by
themselves: else somebody could write two made-up stories to have a teacher's district named, or tell it from
which others were named.
"""

from collections import Counter
from collections.abc import Iterable

from plainview.desk.stories.models import Standing, Story
from plainview.desk.stories.states import STATES

FEWEST_OF_A_DISTRICT = 3


def named(stories: Iterable[Story]) -> dict[int, str]:
    """By the story's number."""
    released = Story.objects.filter(standing=Standing.RELEASED).exclude(district="")
    counts = Counter(_key(*said) for said in released.values_list("is_verified", "state", "district"))
    return {story.pk: _place(story, counts) for story in stories}


def _place(story: Story, counts: Counter) -> str:
    state = STATES.get(story.state, "")
    enough = counts[_key(story.is_verified, story.state, story.district)] >= FEWEST_OF_A_DISTRICT
    if story.district and enough:
        return f"{story.district}, {state}"
    return state


def _key(is_verified: bool, state: str, district: str) -> tuple[bool, str, str]:
    return is_verified, state, " ".join(district.casefold().split())

"""Say what a card says: translate its messages, then put names into the gaps.

In:   a stored card, which knows references only; the people, competencies and activities behind them.
Out:  sentences in the reader's language.
Not here: what a page shows and where (lay_out). Nothing is made up: every sentence is a rule's template.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Activity, Competency, Misconception
from plainview.classroom.curriculum.tongue import inside, spoken
from plainview.classroom.curriculum.vocabulary import SUPPORTS
from plainview.classroom.evidence import languages
from plainview.classroom.evidence.models import Helped, Kind, Medium
from plainview.classroom.guidance.models import Decision, Suggestion
from plainview.classroom.guidance.snapshot import pk_of
from plainview.core.rules.catalogue import RULES
from plainview.core.rules.line import GAPS, Holds
from plainview.lobby.people.models import Person
from plainview.lobby.people.names import joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What stands behind the references of some cards. What is content says its language (tongue.inside)."""

    students: Mapping[str, str]
    competencies: Mapping[str, str]
    activities: Mapping[str, str]
    misconceptions: Mapping[str, str]


def names_for(cards: Iterable[dict]) -> Names:
    """Four short statements, however many cards."""
    cards = list(cards)
    lines = [line for card in cards for line in lines_of(card)]
    competencies = {card["competency"] for card in cards} | _filling(lines, Holds.COMPETENCY)
    competencies |= {card["about"] for card in cards} | {
        one["competency"] for card in cards for one in card["how_sure"]
    }
    return Names(
        students=_children({ref for card in cards for ref in card["students"]}),
        competencies=_names(Competency, competencies, "short_name"),
        activities=_names(Activity, {a for card in cards for a in activities_of(card)}, "title"),
        misconceptions=_names(Misconception, _filling(lines, Holds.MISCONCEPTION), "name"),
    )


def line(said: dict, names: Names) -> str:
    """One sentence. A reference that leads nowhere any more stands as it is."""
    filled = {gap: fill(GAPS[gap], value, names) for gap, value in said["with"].items()}
    return spoken(_(said["say"]).format_map(filled))


def lines(some: Iterable[dict], names: Names) -> list[str]:
    return [line(one, names) for one in some]


def fill(holds: Holds, value: Any, names: Names) -> str:
    """One way to say each thing that may fill a gap."""
    match holds:
        case Holds.STUDENT:
            return names.students.get(value, value)
        case Holds.STUDENTS:
            return joined(names.students.get(one, one) for one in value)
        case Holds.COMPETENCY:
            return quoted(names.competencies.get(value, value))
        case Holds.COMPETENCIES:
            return joined(quoted(names.competencies.get(one, one)) for one in value)
        case Holds.ACTIVITY:
            return quoted(names.activities.get(value, value))
        case Holds.MISCONCEPTION:
            return quoted(names.misconceptions.get(value, value))
        case Holds.SUPPORTS:
            return joined(str(SUPPORTS.get(one, one)) for one in value)
        case Holds.LANGUAGE:
            return language(value)
        case Holds.STATE:
            return state_in_full(value)
        case Holds.KIND:
            return str(Kind(value).label)
        case Holds.KINDS:
            return joined(str(Kind(one).label) for one in value)
        case Holds.HELPED:
            return str(Helped(value).label)
        case Holds.MEDIUM:
            return str(Medium(value).label)
        case Holds.DAY:
            return day(date.fromisoformat(value))
        case Holds.SHARE:
            return share(value)
    return str(value)


def state(value: str) -> str:
    words = {
        "not_looked": _("we haven't looked"),
        "not_enough": _("not enough yet"),
        "met_once": _("met once"),
        "getting_steady": _("getting steady"),
        "steady": _("steady"),
    }
    return words[value]


def state_in_full(value: str) -> str:
    """In a sentence, where "not enough yet" could be heard as "not enough evidence"."""
    if value == "not_enough":
        return _("%(state)s (looked at, not shown yet)") % {"state": state(value)}
    return state(value)


def quoted(words: str) -> str:
    return pgettext("the name of a skill or an activity", "“%s”") % words


def share(value: float) -> str:
    return _("%(n)d %%") % {"n": round(100 * value)}


def day(on: date) -> str:
    return date_format(on, "j F")


def language(code: str) -> str:
    """As the reader calls it. Some that are spoken at home are none of the framework's own."""
    at_home = {
        "zh": _("Chinese"),
        "ht": _("Haitian Creole"),
        "so": _("Somali"),
        "ase": _("American Sign Language"),
    }
    try:
        return at_home.get(code) or str(get_language_info(code)["name_translated"])
    except KeyError:
        return languages.name(code)


def named(competency: Competency | None) -> str:
    """A competency inside a sentence, which ``spoken`` then marks."""
    return inside(competency.short_name, competency) if competency else ""


def title_of_rule(card: dict) -> str:
    return _(card["provenance"]["title"])


def title_of(decision: Decision) -> str:
    """The rule's, also where its card was erased with a child's record; else that the idea was her own."""
    if decision.suggestion:
        return title_of_rule(decision.suggestion.card)
    rule = RULES.get(decision.rule.partition("/")[0])
    return _(rule.title) if rule else _("The teacher's own idea")


def because_for_child(suggestion: Suggestion) -> str:
    """Why, as a child reads it on the step. The same three things for every rule: what, why, no pressure."""
    card = suggestion.card
    names = dict(
        Competency.objects.filter(identifier__in={card["competency"], card["about"]} - {""}).values_list(
            "identifier", "short_name"
        )
    )
    said = {
        "competency": quoted(names.get(card["competency"], card["competency"])),
        "about": quoted(names.get(card["about"], card["about"])),
    }
    return _for_child(card["rule"]) % said  # it is kept as plain words


def _for_child(rule: str) -> str:
    words = {
        "reteach_together": _("Some of us look at %(competency)s once more together, in another way."),
        "pair_up": _("Each of you can show the other something: %(competency)s and %(about)s."),
        "move_on": _(
            "You showed %(competency)s well. This comes after it: %(about)s. You may also stay a while."
        ),
        "check_again": _("Show %(competency)s once more on your own. It is not a test."),
        "look_another_way": _("Show %(competency)s in another way, with words or with your hands."),
        "look_again": _("It is a while since we saw %(competency)s. Let us look again."),
        "prerequisite_first": _(
            "Some time for %(about)s. It helps with %(competency)s, which stays on your plan."
        ),
    }
    return words.get(rule, _("This is about %(competency)s."))


# --- what a card names -------------------------------------------------------------------------------------


def lines_of(card: dict) -> Iterator[dict]:
    """Every sentence on the card, in the order of its ten parts."""
    yield card["do"]["say"]
    yield from card["because"]
    yield from card.get("rests_on", ())  # a card of format 1 has none
    for sure in card["how_sure"]:
        yield from sure["lines"]
    yield from card["would_change"]
    yield from (choice["say"] for choice in card["choices"])
    yield from card["does_not_know"]
    yield from card["fairness"]["lines"]
    yield from (support["say"] for support in card["supports"])


def evidence_of(card: dict) -> list[int]:
    """The rows of evidence that the card links to, each once."""
    refs = dict.fromkeys(ref for one in card["because"] for ref in one["evidence"])
    return [int(ref.removeprefix("e")) for ref in refs]


def activities_of(card: dict) -> set[str]:
    tasks = [card["do"]["task"], *(choice["task"] for choice in card["choices"] if choice["task"])]
    named = {task["activity"] for task in tasks if task["activity"]}
    return named | _filling(lines_of(card), Holds.ACTIVITY)


def _filling(some: Iterable[dict], holds: Holds) -> set[str]:
    several = {Holds.COMPETENCY: Holds.COMPETENCIES}.get(holds)
    found: set[str] = set()
    for said in some:
        for gap, value in said["with"].items():
            if GAPS[gap] == holds:
                found.add(value)
            elif GAPS[gap] == several:
                found.update(value)
    return found


def _names(model, identifiers: set[str], field: str) -> dict[str, str]:
    rows = model.objects.filter(identifier__in=identifiers - {""})
    rows = rows.values_list("identifier", field, "unit__language")
    return {identifier: inside(name, language) for identifier, name, language in rows}


def _children(refs: set[str]) -> dict[str, str]:
    """Short names; with the family's name where two on the cards are called alike."""
    people = {f"s{one.pk}": one for one in Person.objects.filter(pk__in={pk_of(ref) for ref in refs})}
    called = [one.short_name for one in people.values()]
    return {
        ref: one.short_name if called.count(one.short_name) == 1 else f"{one.short_name} {one.family_name}"
        for ref, one in people.items()
    }


# --- what a teacher decided ------------------------------------------------------------------------------


def changes(decision: Decision) -> list[str]:
    """What was changed, as sentences; the record keeps it by reference."""
    diff, card = decision.diff, decision.suggestion.card if decision.suggestion else None
    said = []
    if left_out := diff.get("left_out"):
        names = _children(set(left_out))
        said.append(_("Without %(who)s.") % {"who": joined(names.get(one, one) for one in left_out)})
    if card and (choice := diff.get("choice")):
        chosen = [one for one in card["choices"] if one["name"] == choice]
        said += lines((one["say"] for one in chosen), names_for([card]))
    if activity := diff.get("activity"):
        titles = _names(Activity, set(activity), "title")
        before, after = (quoted(titles.get(one, one)) if one else _("no activity") for one in activity)
        said.append(spoken(_("%(after)s instead of %(before)s.") % {"after": after, "before": before}))
    if on := diff.get("on"):
        said.append(_("On %(day)s.") % {"day": day(date.fromisoformat(on))})
    if minutes := diff.get("minutes"):
        _before, n = minutes
        said.append(ngettext("For %(n)d minute.", "For %(n)d minutes.", n) % {"n": n})
    return said


def activity_title(decision: Decision) -> str:
    return spoken(_names(Activity, {decision.activity}, "title").get(decision.activity, ""))

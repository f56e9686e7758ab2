"""A made-up district, and the register that its officer keeps.

In:   the officer, today.
Out:  contracts with days near and far, children by grade, two products that nobody has reviewed.
Not here: products under review (told).
"""

from datetime import date, datetime, timedelta

from plainview.desk.register import keep, keys, take_in
from plainview.desk.register.models import District, Seat
from plainview.lobby.people.models import Person
from plainview.site.demo.desk.steps import on

NAME = "Larkspur Valley School District"
USED = (  # product, vendor, days from today to the contract's end, days of notice, cost, who pays
    ("Fractal", "Acme Learning", 75, 60, "48,000", "the district"),
    ("Wordwise", "Lantern Press", None, None, "0", "advertisers"),
    ("Storyboat", "Harbour Books", 210, 30, "6,400", "a grant"),
    ("Quiet Timer", "Quiet Timer", 400, None, "250", "the schools"),
)
GRADES = {"Fractal": (3, 4, 5), "Wordwise": (2, 3), "Storyboat": (1, 2), "Quiet Timer": (1, 2, 3, 4, 5)}
SCHOOLS = ("Hill Street", "Meadow", "Old Mill")


def keep_register(officer: Person, *, today: date) -> District:
    district, _new = District.objects.get_or_create(slug="larkspur-valley", defaults={"name": NAME})
    Seat.objects.get_or_create(district=district, person=officer)
    at = on(today - timedelta(days=40))
    take_in.contracts(district, _contracts(today), called="contracts.csv", by=officer, at=at)
    take_in.uses(district, _uses(), called="uses.csv", by=officer, at=at)
    _ask(district, officer, at + timedelta(days=1))
    keys.renew(district, opens="feed", by=officer, at=at + timedelta(days=2))
    return district


def _ask(district: District, officer: Person, at: datetime) -> None:
    keep.ask_for_review(district.contracts.get(name="Storyboat"), by=officer, at=at)


def _contracts(today: date) -> bytes:
    lines = ["product,vendor,starts_on,ends_on,notice_days,cost,currency,who_pays"]
    for name, vendor, days, notice, cost, who in USED:
        ends = today + timedelta(days=days) if days else ""
        lines.append(f'{name},{vendor},2025-08-01,{ends},{notice or ""},"{cost}",USD,{who}')
    return "\n".join(lines).encode()


def _uses() -> bytes:
    lines = ["product,school,grade,children,minutes_a_week"]
    for name, grades in GRADES.items():
        for n, school in enumerate(SCHOOLS):
            lines += [
                f"{name},{school},{grade},{48 + 7 * n - 3 * grade},{20 + 10 * grade}" for grade in grades
            ]
    return "\n".join(lines).encode()

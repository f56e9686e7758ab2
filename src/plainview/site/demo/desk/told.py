"""What happened at the demonstration's desk, product by product: one at each stage of a review.

In:   the people, and today.
Out:  rows, as the deeds write them. What the clock brings (a condition that is overdue) nobody writes.
Not here: how a stretch of a review goes (steps).

Days before this autumn are fixed: a frozen plan holds its day, and so does what was found by it. Days that a
clock counts from are today's.
"""

from collections.abc import Callable
from datetime import date, timedelta

from plainview.desk.experts import agree
from plainview.desk.reviews import ask, notice
from plainview.desk.reviews.models import Kind, Review
from plainview.desk.verdicts import conclude, condition, gateway, publish, reply, show
from plainview.desk.verdicts.condition import Evidence
from plainview.desk.verdicts.models import Passing
from plainview.site.demo.desk import district, funds, steps, stories, words
from plainview.site.demo.desk.people import Desk
from plainview.site.demo.desk.steps import WANTED_OF_A_STUDY, WANTED_OF_FRACTAL, on

ASKED_FOR = "A district asked us to look at it."


def tell(desk: Desk, *, today: date, say: Callable[[str], None]) -> None:
    say("a product is reviewed from its first request to its page")
    published(desk, today)
    say("others are on their way, one at each stage")
    concluded(desk, today)
    consolidating(desk)
    rating(desk)
    checked(desk)
    planned(desk, today)
    noticed(desk, today)
    taken_up(desk, today)
    requested(today)
    say("a district keeps its register")
    district.keep_register(desk.officer, today=today)


# --- from the end to the beginning -------------------------------------------------------------------------


def published(desk: Desk, today: date) -> None:
    """Fractal: found, rated, told of, concluded and published, with three conditions."""
    review = steps.taken_up("fractal", desk, at=on("2026-05-04"), why=ASKED_FOR)
    _seat(review, desk)
    due = date(2026, 6, 5)
    steps.asked(review, desk, wanted=WANTED_OF_FRACTAL, due_on=due, at=on("2026-05-11"))
    steps.gathered(review, "fractal", desk, by=desk.vendor, at=on("2026-05-28"), responses={"cuts": [8, 13]})
    _refuse(review, Kind.GROUPS, "We regard group membership as confidential.", desk)
    steps.planned(review, "fractal", desk, at=on("2026-06-08"))
    steps.checked(review, "fractal", desk, at=on("2026-06-09"))
    steps.practised(desk, at=on("2026-06-11"))
    round_ = steps.panel(review, desk, at=on("2026-06-12"))
    for n, expert in enumerate(desk.experts):
        steps.rated(review, expert, at=on("2026-06-24", 9 + n), n=n)
    steps.opened(round_, desk, at=on("2026-06-26"))
    agree.compute(round_, at=on("2026-06-26", 11))  # as the worker does; what else waits, it does later
    steps.settled(round_, desk, at=on("2026-06-30"))
    steps.checked(review, "fractal-with-ratings", desk, at=on("2026-07-01"))
    _conclude(review, desk, at=on("2026-07-06"))
    _set_conditions(review, desk, today)
    stories.released(review.product, steward=desk.steward)
    funds.known(review.product, by=desk.chair, at=on("2026-07-07"))
    _publish(review, desk)
    stories.waiting(review.product, today=today)


def concluded(desk: Desk, today: date) -> None:
    """Orbit Facts: the page lies before the vendor, who may reply for eleven days still."""
    review = steps.taken_up("orbit", desk, at=on("2026-08-10"), why=ASKED_FOR)
    steps.asked(review, desk, wanted=WANTED_OF_A_STUDY, due_on=date(2026, 9, 7), at=on("2026-08-12"))
    steps.gathered(review, "orbit", desk, by=desk.vendor, at=on("2026-08-31"))
    steps.planned(review, "orbit", desk, at=on("2026-09-08"))
    steps.checked(review, "orbit", desk, at=on("2026-09-09"))
    _conclude(review, desk, at=on(today - timedelta(days=3)))
    show.show(review, by=desk.chair, at=on(today - timedelta(days=3), 15))


def consolidating(desk: Desk) -> None:
    """Tandem Tutor: every rating is in, and the experts talk about those that lie apart."""
    review = _found("tandem", desk, "2026-07-06", "2026-07-20", "2026-07-27")
    round_ = steps.panel(review, desk, at=on("2026-07-28"))
    for n, expert in enumerate(desk.experts):
        steps.rated(review, expert, at=on("2026-08-05", 9 + n), n=n + 1)
    steps.opened(round_, desk, at=on("2026-08-07"))


def rating(desk: Desk) -> None:
    """Rivet: two experts have handed in, the third has begun."""
    review = _found("rivet", desk, "2026-07-20", "2026-08-03", "2026-08-10")
    steps.panel(review, desk, at=on("2026-08-11"))
    first, *others = desk.experts
    steps.rated(review, first, at=on("2026-08-18"), n=0, whole=False)
    for n, expert in enumerate(others, start=1):
        steps.rated(review, expert, at=on("2026-08-19", 9 + n), n=n)


def checked(desk: Desk) -> None:
    """Lumen Reader: the checks have run. Experts are to be asked."""
    _found("lumen", desk, "2026-08-03", "2026-08-17", "2026-08-24")


def planned(desk: Desk, today: date) -> None:
    """Quill & Co: the plan is frozen. One press starts the checks; the worker does them."""
    day = today - timedelta(days=9)
    review = steps.taken_up("quill", desk, at=on(day), why="We look at what machines do with essays.")
    steps.gathered(review, "quill", desk, by=desk.chair, at=on(day, 12))
    steps.planned(review, "quill", desk, at=on(day + timedelta(days=1)))


def noticed(desk: Desk, today: date) -> None:
    """Acme's next one: the vendor has been asked, and nine days are left."""
    review = _written("Fractal Junior", "Acme Learning", "0.4", desk, day=today - timedelta(days=12))
    wanted = notice.Wanted(kind=Kind.LOG, what="one term, every answer, with who chose the task")
    policy = notice.Wanted(kind=Kind.POLICY, what="the policy that holds for schools")
    due = today + timedelta(days=9)
    at = on(today - timedelta(days=11))
    steps.asked(review, desk, wanted=[wanted, policy], due_on=due, at=at)


def taken_up(desk: Desk, today: date) -> None:
    """Begun on a request; the claims wait for somebody to write them down."""
    why = "Three families asked in one month."
    day = on(today - timedelta(days=2))
    steps.begun("Hall Pass Go", "Campus Flow", desk, at=day, why=why)


def requested(today: date) -> None:
    for days, (product, vendor, asker, wants) in enumerate(words.REQUESTS, start=1):
        ask.ask(
            product_name=product,
            vendor_name=vendor,
            asker=asker,
            wants=wants,
            address="",
            language="en",
            at=on(today - timedelta(days=days), 16),
        )


# --- parts -------------------------------------------------------------------------------------------------


def _found(name: str, desk: Desk, begun: str, gathered: str, planned: str) -> Review:
    """A product of which one study was published: nobody needs the vendor for that."""
    review = steps.taken_up(name, desk, at=on(begun), why="Its advertisements are on every school bus.")
    steps.gathered(review, name, desk, by=desk.chair, at=on(gathered))
    steps.planned(review, name, desk, at=on(planned))
    steps.checked(review, name, desk, at=on(planned, 15))
    return review


def _written(name: str, vendor: str, version: str, desk: Desk, *, day: date) -> Review:
    review = steps.begun(name, vendor, desk, at=on(day), why="A new product of a vendor that we know.")
    claim = {"says": "It knows what each child is ready for.", "checks": ["adaptivity.log_test"]}
    steps.claimed(review, "ready", claim, version=version, by=desk.chair, at=on(day, 11))
    return review


def _seat(review: Review, desk: Desk) -> None:
    from plainview.desk.reviews import seats

    seats.give(review.product.vendor, desk.vendor, by=desk.chair, at=on("2026-05-11", 9))


def _refuse(review: Review, kind: Kind, says: str, desk: Desk) -> None:
    notice.refuse(review.asked.get(kind=kind), says=says, by=desk.vendor, at=on("2026-06-02"))


def _conclude(review: Review, desk: Desk, *, at) -> None:
    for one in conclude.on_the_way(review):
        conclude.conclude(
            review,
            claim=one.judged.id,
            word=one.judged.verdict,
            sentence=words.CLAIMS[one.judged.id],
            by=desk.chair,
            at=at,
        )
    for there in gateway.at_gates(review):
        _record(review, there, desk, at=at)
    why = "Every claim has its verdict, and every gateway its reason."
    conclude.close(review, by=desk.chair, at=at + timedelta(hours=1), why=why)
    review.refresh_from_db()


def _record(review: Review, there: gateway.AtGate, desk: Desk, *, at) -> None:
    """As the findings and levels alone would have it."""
    passing = gateway.proposed(there)
    rests = passing != Passing.CANNOT_SAY
    gateway.record(
        review,
        gate=there.gate,
        passing=passing,
        why=words.GATES[there.gate],
        findings=[one.check for one in there.answered] if rests else (),
        ratings=there.rated if rests else (),
        by=desk.chair,
        at=at,
    )


def _set_conditions(review: Review, desk: Desk, today: date) -> None:
    """Each with its own clock: one deadline has passed, one comes near, one was met in time."""
    at, owner = on("2026-07-06", 16), "Acme Learning"
    said = {"owner": owner, "by": desk.chair, "at": at}
    for (what, proves), deadline, rests in (
        (words.OVERDUE, today - timedelta(days=6), {"claim": "fair"}),
        (words.DUE_SOON, today + timedelta(days=9), {"claim": "adapts"}),
        (words.MET, date(2026, 10, 1), {"claim": "precise"}),
    ):
        condition.set_condition(review, words=what, proves=proves, deadline=deadline, **rests, **said)


def _publish(review: Review, desk: Desk) -> None:
    show.show(review, by=desk.chair, at=on("2026-07-07"))
    reply.reply(review, words=words.REPLY, by=desk.vendor, at=on("2026-07-15"))
    publish.publish(review, by=desk.chair, at=on("2026-07-22"), changelog=words.FIRST_REVIEW)
    third = condition.of_product(review.product)[2]
    exhibit = review.exhibits.order_by("pk").first()
    evidence = Evidence(exhibit=exhibit.sha256)
    condition.met(third, evidence=evidence, why=words.WHY_MET, by=desk.chair, at=on("2026-09-10"))

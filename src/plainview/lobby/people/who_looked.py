"""Who looked at a child's record, and who changed it: name, role, when, what.

In:   a child.
Out:  looks, newest first, with the people behind the numbers.
Not here: words. The ledger holds none.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plainview.lobby.ledger.models import Line
from plainview.lobby.people import days
from plainview.lobby.people.models import Person, Role

A_PAGE = 200
ONE_LINE_FOR = timedelta(hours=1)
MOST_SKIPPED = 1_000_000  # a longer way back is no list's, and too long for a database's number
# What a deed's fixed word is called on the page. A word without a name here is shown as it stands.
DEEDS = {
    "reviews.moved": _("moved a review on"),
    "register.contract_added": _("added a contract to the register"),
    "register.contract_changed": _("changed a contract of the register"),
    "register.contract_taken_off": _("took a contract off the register"),
    "register.contracts_taken_in": _("brought a table of contracts"),
    "register.use_entered": _("entered how many children use a product"),
    "register.uses_taken_in": _("brought a table of who uses what"),
    "register.review_asked": _("asked for a review of a product in use"),
    "register.subscription_asked": _("asked an address whether to write to it"),
    "register.subscription_confirmed": _("said yes to letters"),
    "register.subscription_ended": _("ended letters to an address"),
    "register.secret_renewed": _("made a new secret for a feed or for programs"),
    "register.secret_ended": _("closed a feed, or the door for programs"),
    "background.taken_in": _("took a document about money in"),
    "background.tied": _("wrote down what ties an organisation"),
    "background.untied": _("took a tie of an organisation off"),
    "background.payer_named": _("wrote down who pays for a product"),
    "background.declared": _("declared an interest, or that there is none"),
    "stories.slips.printed": _("printed slips for educators"),
    "stories.slips.opened": _("opened a sheet of slips"),
    "stories.accepted": _("accepted a story"),
    "stories.masked": _("took words out of a story"),
    "stories.kept_back": _("kept a story back"),
    "stories.removed": _("took a story away"),
    "stories.released": _("released stories"),
    "stories.fact_tagged": _("held a story against what was published"),
    "stories.replied": _("replied to a story"),
    "stories.reply.shown": _("let a vendor’s reply be read"),
    "stories.reply.kept_back": _("kept a vendor’s reply back"),
    "reviews.requested": _("asked for a review"),
    "reviews.requests.looked": _("read the requests for reviews"),
    "reviews.request.looked": _("read a request for a review"),
    "reviews.review.looked": _("read a review"),
    "reviews.findings.looked": _("read what was found in a review"),
    "reviews.request.settled": _("settled a request for a review"),
    "reviews.begun": _("began a review"),
    "reviews.claims.written": _("wrote down what a vendor claims"),
    "reviews.notice.sent": _("told the vendor of a review"),
    "reviews.refused": _("wrote down that a vendor refuses"),
    "reviews.exhibit.received": _("handed over an exhibit"),
    "reviews.exhibit.set_aside": _("set an exhibit aside"),
    "reviews.faults.looked": _("read how an exhibit could be read"),
    "reviews.exhibit.looked": _("opened an exhibit"),
    "reviews.plan.written": _("wrote a test plan"),
    "reviews.plan.frozen": _("froze a test plan"),
    "reviews.run.started": _("started the checks of a review"),
    "reviews.run.done": _("had the checks of a review run"),
    "reviews.run.taken_over": _("took over what the checks of a dossier had found elsewhere"),
    "reviews.dossier.looked": _("took a dossier along"),
    "reviews.taken_in": _("took in a dossier"),
    "reviews.reader.let_in": _("let somebody read a review"),
    "reviews.reader.let_out": _("ended somebody’s reading of a review"),
    "reviews.seat.given": _("gave a person a vendor’s seat"),
    "reviews.seat.taken": _("took a vendor’s seat back"),
    "verdicts.concluded": _("concluded about a claim"),
    "verdicts.gateway_recorded": _("recorded how a product stands at a gateway"),
    "verdicts.condition_set": _("set a condition"),
    "verdicts.condition_changed": _("wrote down what became of a condition"),
    "verdicts.proof_received": _("handed over what proves a condition"),
    "verdicts.letter_sent": _("sent a letter about a condition"),
    "verdicts.draft_shown": _("showed the vendor the page before it is published"),
    "verdicts.replied": _("replied for the vendor"),
    "verdicts.correction_asked": _("asked for a correction"),
    "verdicts.correction_answered": _("answered a request for a correction"),
    "verdicts.published": _("published a page"),
    "verdicts.reopened": _("opened a review again"),
    "experts.asked": _("asked an expert to rate"),
    "experts.answered": _("answered an invitation to rate"),
    "experts.declared": _("declared their interests"),
    "experts.let_go": _("let an expert go"),
    "experts.practised": _("practised rating"),
    "experts.began": _("let the rating begin"),
    "experts.ballot.begun": _("began to rate"),
    "experts.ballot.handed_in": _("handed in their ratings"),
    "experts.opened": _("opened the ratings to the panel"),
    "experts.ballots.looked": _("read the panel’s ratings"),
    "experts.revised": _("thought again about a rating"),
    "experts.consolidated": _("noted what the experts settled on"),
    "day.morning.looked": _("read the morning page"),
    "day.class_map.looked": _("looked at the class map"),
    "day.child.looked": _("read the child's page"),
    "day.family.looked": _("read the family page"),
    "day.family.took_along": _("took the whole record along"),
    "day.absence.entered": _("wrote down who is away"),
    "evidence.capture.looked": _("opened the page for notes"),
    "evidence.answered": _("wrote down an answer on paper"),
    "evidence.recorded": _("wrote down what was seen"),
    "evidence.row.looked": _("read a piece of evidence"),
    "evidence.work.looked": _("looked at a piece of work"),
    "evidence.corrected": _("corrected a piece of evidence"),
    "evidence.withdrawn": _("took a piece of evidence back"),
    "evidence.judge.looked": _("opened the page to say what they hold"),
    "evidence.judged": _("said what they hold the child can do"),
    "evidence.amend.looked": _("opened the page to ask about the record"),
    "evidence.amendment_asked": _("asked about the record"),
    "evidence.amendments.looked": _("read the families' requests"),
    "evidence.amendment_answered": _("answered a request about the record"),
    "evidence.exported": _("exported the learning log"),
    "evidence.erased": _("erased the record"),
    "plans.erased": _("erased what was planned"),
    "guidance.erased": _("erased what was suggested and decided"),
    "plans.plan.looked": _("looked at the child's plan"),
    "plans.options.looked": _("looked at what children may choose"),
    "plans.groups.looked": _("looked at the groups"),
    "plans.group.made": _("made a group"),
    "plans.group.ended": _("ended a group"),
    "plans.apart.kept": _("keeps two children in different groups"),
    "plans.apart.ended": _("no longer keeps two children apart"),
    "plans.step.added": _("put something on the plan"),
    "plans.step.chosen": _("wrote down what the child chose"),
    "plans.step.laid_back": _("laid a choice back"),
    "plans.step.done": _("wrote down that something is done"),
    "plans.step.set_aside": _("set something on the plan aside"),
    "plans.step.offered_again": _("offered something again"),
    "plans.step.joined_group": _("joined a step to a group"),
    "plans.check_ins.looked": _("looked at the list of check-ins"),
    "plans.check_in.looked": _("opened the check-in sheet"),
    "plans.check_in.asked": _("wrote down that the child asks for a talk"),
    "plans.check_in.held": _("held a check-in"),
    "plans.voices.looked": _("read ideas and objections"),
    "plans.goal.set": _("wrote down the child's goal"),
    "plans.proposal.made": _("wrote down the child's idea"),
    "plans.proposal.answered": _("answered the child's idea"),
    "plans.contest.said": _("wrote down an objection"),
    "plans.contest.replied": _("answered an objection"),
    "plans.contest.settled": _("settled an objection"),
    "plans.screen.looked": _("looked at screen minutes"),
    "plans.default.approved": _("approved something for anyone to choose"),
    "plans.default.dropped": _("took something off the list for anyone"),
    "plans.promise.set": _("promised minutes of talk"),
    "plans.screen.cap_set": _("set the screen minutes of a day"),
    "guidance.cards.looked": _("read the list of suggestions"),
    "guidance.card.looked": _("read a suggestion"),
    "guidance.decision.looked": _("read a decision"),
    "guidance.own_idea.looked": _("opened the page for an idea of their own"),
    "guidance.settings.looked": _("read the settings of suggestions"),
    "guidance.decided": _("decided"),
    "guidance.noted": _("added a note to a decision"),
    "guidance.export.looked": _("took a suggestion along as a file"),
    "guidance.rule.woken": _("let a rule speak again"),
    "guidance.standing.kept": _("made a standing decision"),
    "guidance.standing.ended": _("ended a standing decision"),
    "guidance.turned_on": _("turned suggestions on"),
    "guidance.turned_off": _("turned suggestions off"),
    "guidance.stopped": _("stopped suggestions for a week"),
    "guidance.weighed": _("set how much each kind of evidence counts"),
    "people.supports.looked": _("looked at the supports"),
    "people.support.written": _("wrote down a support"),
    "people.support.delivered": _("ticked a support as delivered"),
    "people.support.not_delivered": _("ticked a support as not delivered"),
    "people.support.refused": _("ticked a support as refused by the child"),
    "people.who_looked.looked": _("looked at this list"),
    "people.badge.renewed": _("made a new badge"),
    "people.badges.looked": _("printed the badges"),
    "people.choices.looked": _("looked at the family's choices"),
    "people.family.chose": _("chose for the family"),
    "people.erased": _("erased supports, absences and choices"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    name: str
    role_words: str
    why_words: str
    at_words: str
    at_exact: str
    by: int = 0
    at: datetime | None = None
    is_look: bool = True  # or something was done, which always stands on a line of its own
    more: tuple["Look", ...] = ()  # further looks of the same adult within the hour before

    @property
    def n(self) -> int:
        return 1 + len(self.more)


def folded(found: list[Look]) -> list[Look]:
    """Many looks of one adult within an hour become one line that opens. Nothing is left out."""
    lines: list[Look] = []
    for look in found:
        if lines and _goes_with(look, lines[-1]):
            lines[-1] = replace(lines[-1], more=(*lines[-1].more, look))
        else:
            lines.append(look)
    return lines


def _goes_with(look: Look, newest: Look) -> bool:
    both_look = look.is_look and newest.is_look and look.by == newest.by
    return both_look and newest.at - look.at <= ONE_LINE_FOR


def looks(student: Person, *, today: date, most: int = A_PAGE, skip: int = 0) -> list[Look]:
    """Adults' deeds about this child; the child's own are not 'looking'. ``skip`` leads to the older ones."""
    of_adults = Line.objects.filter(about=student.pk).exclude(by=student.pk).order_by("-at", "-pk")
    lines = list(of_adults[skip : skip + most])
    people = {p.pk: p for p in Person.objects.filter(pk__in={line.by for line in lines})}
    return [_look(line, people.get(line.by), today) for line in lines]


def _look(line: Line, person: Person | None, today: date) -> Look:
    at = timezone.localtime(line.at)
    return Look(
        name=person.full_name if person else _("someone who is no longer here"),
        role_words=Role(person.role).label if person else "",
        why_words=DEEDS.get(line.deed, line.deed),
        at_words=f"{days.said(at, today=today)}, {date_format(at, 'TIME_FORMAT')}",
        at_exact=date_format(at, "DATETIME_FORMAT"),
        by=line.by,
        at=at,
        is_look=line.deed.endswith(".looked"),
    )

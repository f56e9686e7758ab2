"""The seven kits: what each is, for whom, and which law it leans on.

In:   a word of an address.
Out:  its title and what it is for, in the reader's language.
Not here: its text (templates/kits/texts).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from plainview.desk.kits.law import COPPA, FERPA, NY_2D, PPRA, SOPPA, Law


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    name: str  # in the address, and of its text
    title: str
    to: str  # whom it is written to
    purpose: str
    laws: tuple[Law, ...] = ()


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="records-request",
            title=_("Ask for the records"),
            to=_("to the school or district"),
            purpose=_("A family asks to see every record that the product holds about its child."),
            laws=(FERPA,),
        ),
        Kind(
            name="opt-out",
            title=_("Ask for another way"),
            to=_("to the school"),
            purpose=_(
                "A family asks that its child learns without the product, and that its data are deleted."
            ),
            laws=(FERPA, PPRA, COPPA),
        ),
        Kind(
            name="questions",
            title=_("Questions for the principal"),
            to=_("to the principal"),
            purpose=_("What to ask at a meeting, made from what was found and from what nobody could say."),
        ),
        Kind(
            name="resolution",
            title=_("A resolution for the board"),
            to=_("to the school board"),
            purpose=_("A draft to bring before the board, with what was found as its reasons."),
        ),
        Kind(
            name="clause",
            title=_("A clause for the contract"),
            to=_("to whoever writes the contract"),
            purpose=_("The data that a review needs, a right to review, notice of changes, a way out."),
            laws=(FERPA, SOPPA, NY_2D),
        ),
        Kind(
            name="letter",
            title=_("A letter to the department"),
            to=_("to the state’s department of education"),
            purpose=_("What was found, and what you ask the department to do."),
        ),
        Kind(
            name="petition",
            title=_("A petition"),
            to=_("to the school board"),
            purpose=_(
                "A text to sign. Here only the number is kept; on paper you gather the names yourself."
            ),
        ),
    )
}

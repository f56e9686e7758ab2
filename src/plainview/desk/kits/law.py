"""The law that a kit leans on: article, and what it says in short.

In:   nothing.
Out:  rows that say by whom and when they were confirmed. Nobody has confirmed one yet, and each text says so.
Not here: advice. Counsel confirms a row before anyone relies on it.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    name: str
    article: str
    says: str
    verified_on: date | None = None
    verified_by: str = ""


FERPA = Law(
    name="FERPA",
    article="20 U.S.C. 1232g; 34 CFR 99.10, 99.20, 99.31(a)(1)(i)(B), 99.32",
    says=_(
        "Parents may inspect their child’s education records within 45 days, ask for a correction, and see "
        "to whom records were disclosed. A vendor that acts as a school official must be under the school’s "
        "direct control."
    ),
)
PPRA = Law(
    name="PPRA",
    article="20 U.S.C. 1232h; 34 CFR 98",
    says=_("Parents have rights where students are asked about eight protected topics."),
)
COPPA = Law(
    name="COPPA",
    article="16 CFR 312, as amended in 2025 (comply by 22 April 2026)",
    says=_(
        "For children under 13, an operator needs a parent’s consent, has a written policy on how long it "
        "keeps data, and deletes a child’s data when the parent asks."
    ),
)
SOPPA = Law(
    name="SOPPA (Illinois)",
    article="105 ILCS 85",
    says=_("A written agreement comes first; contracts and breaches are posted."),
)
NY_2D = Law(
    name="New York Education Law 2-d",
    article="N.Y. Educ. Law 2-d; 8 NYCRR 121",
    says=_(
        "No sale and no commercial use of student data; developing or improving products is commercial use."
    ),
)

"""Tables that are to be published: read, and asked whether a row could be somebody in particular.

In:   exhibits of the kind "table", with the columns that somebody outside may know (``known``) and those that
      nobody should learn (``confidential``), as exhibits.toml says.
Out:  a finding for each. No row of a table is shown.
Not here: the reckoning (anonymity).
"""

from plainview.core.audit.exposure.anonymity import LEAST_K, Anonymity, anonymity
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.finding import Answer, Finding, Number, Table
from plainview.core.formats.sheet import read_sheet
from plainview.core.mendable import Mendable
from plainview.core.plural import agreeing, counted, part_of

CHECK = "exposure.anonymity/1"
MOST_KINDS = 200


def answers(dossier: Dossier, question: str) -> tuple[Answer, ...]:
    bound = int(dossier.plan.bound("exposure.anonymity", "k", LEAST_K))
    tables = (one for one in dossier.exhibits if one.kind is Kind.TABLE)
    return tuple(_answer(exhibit, question, bound) for exhibit in tables)


def _answer(exhibit: Exhibit, question: str, bound: int) -> Answer:
    if fault := str(getattr(exhibit, "fault", "") or ""):
        return _cannot(question, fault.rstrip("."), "a table that can be opened")
    try:
        sheet = read_sheet(exhibit.path, name=exhibit.file)
    except Mendable as fault:
        return _cannot(question, str(fault).rstrip("."), "a table with a heading and rows")
    columns, told = sheet.columns, list(sheet.told)
    if not columns or not next(iter(columns.values())):
        return _cannot(question, f"{exhibit.file} has no rows", "a table with a heading and rows")
    known = [str(name) for name in exhibit.settings.get("known", ())]
    confidential = [str(name) for name in exhibit.settings.get("confidential", ())]
    absent = [name for name in (*known, *confidential) if name not in columns]
    if absent:
        return _cannot(
            question, f"{exhibit.file} has no column {', '.join(absent)}", f"one of {', '.join(columns)}"
        )
    if not known:
        known = [name for name, cells in columns.items() if name not in confidential and _may_be_known(cells)]
        told.append(
            f"Nobody said which columns somebody outside may know; taken: {', '.join(known) or 'none'}."
        )
    if not known:
        return _cannot(
            question, f"nobody says what somebody outside may know of {exhibit.file}", "known = [...]"
        )
    found = anonymity(columns, known=known, confidential=confidential, bound=bound)
    return _finding(exhibit, question, found, known, tuple(told))


def _may_be_known(cells: list[str]) -> bool:
    """A column of few kinds. A name of its own for each row is no quasi-identifier: it is to be taken out."""
    return 1 < len(set(cells)) <= min(MOST_KINDS, max(2, len(cells) // 2))


def _finding(
    exhibit: Exhibit, question: str, found: Anonymity, known: list[str], told: tuple[str, ...]
) -> Finding:
    hides = found.k >= found.bound
    in_100 = 100 * found.share_unique
    sentence = f"In {exhibit.file}, each of {counted(found.n_rows, 'row')} looks like at least "
    sentence += f"{counted(found.k - 1, 'other')}."
    if not hides:
        sentence = (
            f"In {exhibit.file}, {part_of(found.n_unique, found.n_rows, 'row')} ({in_100:.0f} in 100) "
            f"{agreeing(found.n_unique, 'look')} like no other, and {found.n_small:,} like fewer than "
            f"{counted(found.bound - 1, 'other')}."
        )
    diversity = () if found.least_diverse is None else (
        Number(name="confidential values in the group with fewest", value=found.least_diverse),
        Number(name="rows whose group gives the confidential value away", value=found.n_given_away),
    )  # fmt: skip
    return Finding(
        check=CHECK,
        question=question,
        answer="rows hide" if hides else "rows stand out",
        sentence=sentence,
        effect=Number(name="k, rows in the smallest group", value=found.k, n=found.n_rows, of="rows"),
        numbers=(
            Number(name="rows that look like no other", value=found.n_unique, n=found.n_rows, of="rows"),
            Number(
                name=f"rows in groups below {found.bound}", value=found.n_small, n=found.n_rows, of="rows"
            ),
            Number(
                name="share that looks like no other", value=found.share_unique, unit="share", n=found.n_rows
            ),
            *diversity,
        ),
        tables=(
            Table(
                title="Which column singles rows out",
                columns=("without this column", "rows that still look like no other"),
                rows=found.without_each,
            ),
        ),
        said=(f"Somebody outside is taken to know: {', '.join(known)}.", *told),
        noise_floor="None: rows are counted.",
        power="All rows were counted.",
        not_seen="What somebody knows beyond these columns, and what other tables tell.",
    )


def _cannot(question: str, reason: str, would_need: str) -> CannotSay:
    return CannotSay(question=question, reason=reason, would_need=would_need, check=CHECK)

"""From a dossier to answers about the pool, what it covers, a machine's scores, and the uses of scores.

In:   a dossier with logs, items, a framework, scores.
Out:  findings.
Not here: how anything is reckoned (pool, coverage, uses, evidence, core.measure.agreement).
"""

from collections.abc import Iterable, Sequence

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.soundness.coverage import FEW, Coverage
from plainview.core.audit.soundness.coverage import coverage as covered
from plainview.core.audit.soundness.evidence import MACHINE, PERSON, evidence_of, named_uses
from plainview.core.audit.soundness.pool import MOST_EXPOSED, used
from plainview.core.audit.soundness.responses import items_sheets
from plainview.core.audit.soundness.speed import FEWEST_STUDENTS
from plainview.core.audit.soundness.told import ASKS
from plainview.core.audit.soundness.uses import Argued, Source, argued
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.log import logs_of
from plainview.core.dossier.unread import each_read
from plainview.core.finding import Answer, Finding, Number, Table
from plainview.core.formats.case import Framework, read_case
from plainview.core.formats.sheet import Sheet, read_sheet
from plainview.core.logs.whole import Whole
from plainview.core.measure.agreement.scoring import Met, automated_scoring
from plainview.core.mendable import Mendable
from plainview.core.plural import agreeing, counted, part_of

MOST_ROWS = 300
COMPETENCY = ("competency", "competencies", "standard", "standards", "skill", "skills", "code", "cf_item")


def pool(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    if not any(one.kind is Kind.LOG for one in dossier.exhibits):
        return [_cannot("pool", "no learning log was handed over", ASKS["pool"].needs)]
    listed = [name for _, sheet in items_sheets(dossier) for name in _names(sheet)] or None
    bound = dossier.plan.bound("soundness.pool", "bound", MOST_EXPOSED)
    return [_pool(exhibit, log, listed, bound) for exhibit, log in logs_of(dossier)]


def _names(sheet: Sheet) -> list[str]:
    item = sheet.first_of("item", "id", "name", "item_id")
    return sheet.columns[item] if item else []


def _pool(exhibit: Exhibit, log: Whole, listed: list[str] | None, bound: float) -> Answer:
    coded = log.coded
    if not coded.n_rows:
        return _cannot("pool", f"{exhibit.file} holds no answers", "a log with answers")
    if len(coded.students) < FEWEST_STUDENTS:  # of three students, each item is met by a third of them
        told = f"{exhibit.file} holds {counted(len(coded.students), 'student')}"
        return _cannot("pool", told, f"at least {FEWEST_STUDENTS} students")
    found = used(
        student=coded.student.astype(np.int64),
        item=coded.item.astype(np.int64),
        names=[str(name) for name in coded.items],
        pool=listed,
        bound=bound,
    )
    in_100 = f"{100 * bound:g}"
    sentence = (
        f"{part_of(found.n_over, found.n_pool, 'item', 'were')} met by more than {in_100} in 100 students."
    )
    if listed is not None:
        sentence += f" {found.n_unused} {agreeing(found.n_unused, 'were')} never shown."
    said = [f"From {exhibit.file}."]
    if listed is None:
        said.append("No list of the pool was handed over (items.csv): items never shown cannot be counted.")
    if found.outside:
        said.append(
            f"{counted(len(found.outside), 'item', 'were')} shown that the list of the pool does not hold."
        )
    return Finding(
        check="soundness.pool/1",
        question=ASKS["pool"].asks,
        answer="some too often" if found.n_over else "some never" if found.n_unused else "spread",
        sentence=sentence,
        effect=Number(name="items shown too often", value=found.n_over, n=found.n_pool, of="items"),
        numbers=(
            Number(name="items never shown", value=found.n_unused if listed is not None else None),
            Number(
                name="items that two students share", value=found.overlap, unit="share", n=found.n_students
            ),
            Number(name="unevenness (scaled chi-square)", value=found.uneven),
        ),
        tables=(
            Table(
                title="The items met most",
                columns=("item", "share of students who met it"),
                rows=found.rates[:40],
            ),
        ),
        said=tuple(said),
        noise_floor="With a pool used evenly, each item is met by the length of a test over the "
        "size of the pool.",
        power=f"{found.n_students:,} students, {found.n_pool:,} items.",
        not_seen="Whether students passed items on to one another.",
    )


def coverage(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    frameworks = dossier.of_kind(Kind.FRAMEWORK)
    sheets = items_sheets(dossier)
    if not frameworks:
        return [_cannot("coverage", "no framework was handed over", ASKS["coverage"].needs)]
    if not sheets:
        return [_cannot("coverage", "no list of items was handed over", ASKS["coverage"].needs)]
    items = dict(pair for file, sheet in sheets for pair in _claims(sheet, file))
    if not any(items.values()):
        return [
            _cannot(
                "coverage", "no item says which competency it is for", "a column 'competency' in items.csv"
            )
        ]
    return [_coverage(exhibit, items) for exhibit in frameworks]


def _claims(sheet: Sheet, file: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Which competencies each item names; several are parted by ; or |."""
    names, column = _names(sheet), sheet.first_of(*COMPETENCY)
    if not names and sheet.n_rows:
        raise Mendable(f"{file}, line 1: found no column 'item' in {', '.join(sheet.columns)}, expected it.")
    cells = sheet.columns[column] if column else [""] * len(names)
    for name, cell in zip(names, cells, strict=True):
        yield name, tuple(part.strip() for part in cell.replace("|", ";").split(";") if part.strip())


def _coverage(exhibit: Exhibit, items: dict[str, tuple[str, ...]]) -> Answer:
    if fault := str(getattr(exhibit, "fault", "") or ""):
        raise Mendable(fault)
    framework = read_case(exhibit.path, name=exhibit.file)
    taught = exhibit.settings.get("taught")
    grades = [str(grade) for grade in exhibit.settings.get("grades", ())]
    found = covered(
        framework, items, taught=None if taught is None else [str(t) for t in taught], grades=grades
    )
    n, n_none, n_perhaps = len(found.each), len(found.none), len(found.perhaps)
    if not n:
        return _cannot("coverage", "nothing of the framework is taught here", "taught = [...] that it knows")
    return Finding(
        check="soundness.coverage/1",
        question=ASKS["coverage"].asks,
        answer="some have none" if n_none else "open" if n_perhaps else "all have items",
        sentence=_coverage_sentence(found),
        effect=Number(name="competencies without an item", value=n_none, n=n, of="competencies"),
        numbers=(
            Number(
                name="competencies of which only a heading is named", value=n_perhaps, n=n, of="competencies"
            ),
            Number(name=f"competencies with fewer than {FEW} items", value=len(found.few)),
            Number(
                name="competencies that ask for more than one right answer can show", value=len(found.beyond)
            ),
            Number(
                name="items that name no competency", value=found.n_without_code, n=found.n_items, of="items"
            ),
            Number(
                name="items for what is not taught here", value=found.n_elsewhere, n=found.n_items, of="items"
            ),
            Number(name="names of competencies that the framework does not know", value=len(found.unknown)),
        ),
        tables=_coverage_tables(found),
        said=(*_scope(framework, taught, grades), *framework.faults[:20]),
        noise_floor="None: items are counted.",
        power=f"{counted(found.n_items, 'item')} against {counted(n, 'competency', many='competencies')}.",
        not_seen="Whether an item measures what it says it does: a person must read it.",
    )


def _coverage_sentence(found: Coverage) -> str:
    n, n_none, n_perhaps = len(found.each), len(found.none), len(found.perhaps)
    all_ = f"{counted(n, 'competency', many='competencies')} that {agreeing(n, 'are')} taught"
    said = f"Of {all_}, {n_none} {agreeing(n_none, 'have')} no item."
    if not n_none:
        said = f"Each of {all_} has at least one item."
    if n_perhaps:
        said = said if n_none else f"None of {all_} is without any item."
        said += f" For {n_perhaps}, items name only a heading above {'it' if n_perhaps == 1 else 'them'}."
    if found.beyond:
        ask = agreeing(len(found.beyond), "ask")
        said += f" {len(found.beyond)} {ask} for more than one right answer can show."
    return said


def _scope(framework: Framework, taught: object, grades: Sequence[str]) -> tuple[str, ...]:
    if taught is not None:
        return (f"Held against what is taught, of {framework.title}.",)
    if grades:
        what = "grade" if len(grades) == 1 else "grades"
        return (f"Held against {what} {', '.join(grades)} of {framework.title}.",)
    return (f"Nobody said what is taught: held against all of {framework.title}.",)


def _coverage_tables(found: Coverage) -> tuple[Table, ...]:
    tables = (
        Table(
            title="By heading",
            columns=("heading", "competencies", "only a heading is named", "without an item"),
            rows=found.by_heading[:MOST_ROWS],
        ),
        Table(
            title="Without an item",
            columns=("code", "competency"),
            rows=tuple((one.competency.code, one.competency.says) for one in found.none[:MOST_ROWS]),
        ),
        Table(
            title="Only a heading above it is named",
            columns=("code", "competency", "items that name a heading above"),
            rows=tuple(
                (one.competency.code, one.competency.says, one.n_above) for one in found.perhaps[:MOST_ROWS]
            ),
        ),
        Table(
            title="Headings that items name",
            columns=("heading", "items", "competencies below it"),
            rows=found.headings[:50],
        ),
        Table(
            title="What one right answer cannot show",
            columns=("code", "asks to", "items", "competency"),
            rows=tuple(
                (one.competency.code, one.beyond, one.n_items, one.competency.says)
                for one in found.beyond[:MOST_ROWS]
            ),
        ),
        Table(
            title="Named by items, not in the framework", columns=("name", "items"), rows=found.unknown[:50]
        ),
    )
    return tuple(table for table in tables if table.rows)


def scoring(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    if not any(one.kind is Kind.SCORES for one in dossier.exhibits):
        return [_cannot("scoring", "no scores were handed over", ASKS["scoring"].needs)]
    return [answer for _, answer in each_read(dossier, Kind.SCORES, _scoring)]


def _scoring(exhibit: Exhibit) -> Answer:
    sheet = read_sheet(exhibit.path, name=exhibit.file)
    person = sheet.first_of(*PERSON)
    machine = sheet.first_of(*MACHINE)
    second = sheet.first_of("second_person", "person2", "human2", "rater2")
    group = sheet.first_of("group", "language", "gender")
    if person is None or machine is None:
        return _cannot(
            "scoring", f"{exhibit.file} has no columns 'person' and 'machine'", ASKS["scoring"].needs
        )
    found = automated_scoring(
        person=_points(sheet, person, exhibit.file),
        machine=_points(sheet, machine, exhibit.file),
        second_person=_points(sheet, second, exhibit.file) if second else None,
        groups=np.array(sheet.columns[group]) if group else None,
    )
    met = [one for one in found.checks if isinstance(one, Met)]
    if not met:
        lack = next(one for one in found.checks if isinstance(one, CannotSay))
        return _cannot("scoring", f"of {exhibit.file}: {lack.reason}", lack.would_need)
    failed = [one for one in met if not one.is_met]
    answer = "they may not" if failed else "they may" if found.all_met else "open"
    sentence = (
        f"The machine meets all {len(met)} rules that could be held against it."
        if len(met) > 1
        else "The machine meets the one rule that could be held against it."
    )
    if failed:
        sentence = f"The machine breaks {part_of(len(failed), len(met), 'rule')}. First: {failed[0].sentence}"
    first = met[0]
    return Finding(
        check="soundness.scoring/1",
        question=ASKS["scoring"].asks,
        answer=answer,
        sentence=sentence,
        effect=Number(name=first.name, value=first.value, interval=first.interval, n=first.n, of="works"),
        numbers=tuple(
            Number(name=one.name, value=one.value, interval=one.interval, n=one.n, of="works")
            for one in met[1:]
        ),
        tables=(
            Table(
                title="The rules",
                columns=("rule", "found", "from", "to", "bound", "met", "sure", "works"),
                rows=tuple(
                    (
                        one.name,
                        one.value,
                        one.interval.low,
                        one.interval.high,
                        one.bound,
                        "yes" if one.is_met else "no",
                        "yes" if one.is_sure else "no",
                        one.n,
                    )
                    for one in met
                ),
            ),
        ),
        said=(
            *sheet.told,
            *(f"Not asked, for want of data: {what}." for what in found.not_asked),
            *(f"{one.question} {one.reason}." for one in found.checks if isinstance(one, CannotSay)),
        ),
        noise_floor="Scores that have nothing to do with each other agree around 0.",
        power=f"{counted(first.n, 'work', 'were')} scored by both.",
        not_seen="What the machine looks at; whether people's scores are right; whether it can be fooled.",
    )


def _points(sheet: Sheet, name: str, file: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    found = []
    for number, cell in enumerate(sheet.columns[name], start=2):
        try:
            found.append(float(cell) if cell and cell.lower() not in ("na", "nan", "-") else float("nan"))
        except ValueError:
            raise Mendable(
                f"{file}, row {number}, column '{name}': found '{cell[:40]}', expected a number."
            ) from None
    return np.array(found)


def uses(dossier: Dossier, progress: Progress) -> Answer:
    named = named_uses(dossier)
    if not named:
        # A use that nobody makes needs no argument, and a report that lists it tells of what is not there.
        return _cannot("uses", "nobody says what the scores are used for", ASKS["uses"].needs)
    evidence, said = evidence_of(dossier)
    if not evidence:
        return _cannot("uses", "no exhibit about an assessment holds anything", ASKS["uses"].needs)
    found = argued(named, evidence)
    lacking = [one for one in found if not one.is_argued]
    worst = min(found, key=lambda one: (one.n_any, one.n_direct))
    sentence = f"All {len(found)} uses of the scores have evidence of all five kinds."
    if len(found) == 1:
        sentence = f"For the one use of the scores, {found[0].use}, there is evidence of all five kinds."
    if lacking:
        sentence = (
            f"{len(lacking)} of {counted(len(found), 'use')} of the scores "
            f"{'is' if len(lacking) == 1 else 'are'} not argued for: "
            f"{', '.join(one.use for one in lacking)}. For {worst.use}, the dossier holds "
            f"{worst.n_any} of 5 kinds of evidence."
        )
    return Finding(
        check="soundness.uses/1",
        question=ASKS["uses"].asks,
        answer="some are not argued" if lacking else "each is argued",
        sentence=sentence,
        effect=Number(name="uses not argued for", value=len(lacking), n=len(found), of="uses"),
        tables=(
            Table(
                title="Evidence for each use",
                columns=("use", *map(str, Source)),
                rows=tuple(map(_use_row, found)),
            ),
        ),
        said=(*said, "Whether the evidence is good is said by each check, and weighed by people."),
        noise_floor="None: exhibits are counted.",
        power=f"{counted(len(evidence), 'exhibit', 'bear')} on an assessment.",
        not_seen="How good the evidence is.",
    )


def _use_row(one: Argued) -> tuple[str, ...]:
    return one.use, *(
        ", ".join(one.direct[source])
        or ((f"indirect: {', '.join(one.indirect[source])}") if one.indirect[source] else "none")
        for source in Source
    )


def _cannot(name: str, reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question=ASKS[name].asks, reason=reason, would_need=would_need, check=f"soundness.{name}/1"
    )

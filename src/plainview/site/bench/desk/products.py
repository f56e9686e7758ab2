"""Made-up products whose pages were published, each as long as a whole review makes it.

In:   how many.
Out:  publications, frozen as the desk freezes them.
Not here: a review. What led to a page is nobody's business who reads it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from plainview.desk.published import page as p
from plainview.desk.published.freeze import freeze

QUESTIONS = {
    p.Row.ADAPTS: ("Does it adapt?", "¿Se adapta?"),
    p.Row.FAIR: ("Is it fair?", "¿Es justo?"),
    p.Row.SOUND: ("Are its tests sound?", "¿Son sólidas sus pruebas?"),
    p.Row.WORKS: ("Does it work?", "¿Funciona?"),
    p.Row.LEAVES: ("What data leaves?", "¿Qué datos salen?"),
    p.Row.DECIDES: ("Who decides?", "¿Quién decide?"),
    p.Row.PAYS: ("Who pays?", "¿Quién paga?"),
    p.Row.TEACHERS: ("What did teachers say?", "¿Qué dijeron los docentes?"),
}
SENTENCE = p.Words(
    en="The evidence does not show it: the range holds nothing, a little, and something that matters.",
    es="Los datos no lo muestran: el rango incluye nada, un poco y algo que importa.",
)
DOUBT = p.Words(
    en="1,204 students; 2 to 6 of 100 next tasks.", es="1.204 estudiantes; de 2 a 6 de cada 100 tareas."
)
CHECKS = [
    ("adaptivity.log_test/1", "adaptivity", "Does the next item depend on the answer just given?"),
    ("adaptivity.memory/1", "adaptivity", "Does the next item depend on answers before the last one?"),
    ("efficacy.effect/1", "efficacy", "Did students who got it learn more?"),
    ("efficacy.attrition/1", "efficacy", "Who was lost on the way?"),
    ("fairness.over_practice/1", "fairness", "Is every group kept practising as long?"),
    ("fairness.success_gap/1", "fairness", "Do students of each group succeed as often?"),
    ("soundness.reliability/1", "soundness", "How consistently do its items order the same students?"),
    ("soundness.decisions/1", "soundness", "How often would a decision at a cut come out otherwise?"),
    ("exposure.leaks/1", "exposure", "Does what a child types reach others?"),
    ("exposure.domains/1", "exposure", "Whom does the product speak with?"),
]
# A picture of the usual weight. It is not drawn here: a server has no numpy.
ROWS = tuple((f"unit {n}", f"{n / 50:.3f}") for n in range(1, 9))
CHART = (
    '<svg class="chart" role="img" viewBox="0 0 640 320"><title>Each with its range</title>'
    + "".join(
        f'<g class="row"><line class="doubt" x1="{200 + n}" y1="{30 * n}" x2="{420 + n}" y2="{30 * n}"/>'
        f'<circle class="estimate" cx="{310 + n}" cy="{30 * n}" r="4"/>'
        f'<text x="4" y="{30 * n}">unit {n}</text></g>'
        for n in range(1, 9)
    )
    + "</svg>"
)
AFTER = timedelta(days=90)


def publish(n: int, *, at: datetime) -> None:
    for page in pages(n, on=at.date()):
        freeze(page, files={"findings.json": b'{"made_up": true}\n' * 400}, at=at)


def pages(n: int, *, on: date) -> Iterator[p.Page]:
    whole = _page(on)
    for number in range(n):
        name = f"Made-up product {number}"
        yield whole.model_copy(
            update={"product": whole.product.model_copy(update={"slug": slug(number), "name": name})}
        )


def slug(number: int) -> str:
    return f"made-up-{number}"


def _page(on: date) -> p.Page:
    return p.Page(
        product=p.Product(
            slug="made-up", name="Made-up", vendor="Nobody", version="2.1", one_line="Practice."
        ),
        number=1,
        published_on=on,
        office="Office of the bench",
        opening=SENTENCE,
        label=tuple(_row(row, number) for number, row in enumerate(p.Row)),
        claims=tuple(_claim(number) for number in range(6)),
        findings=tuple(_finding(*one) for one in CHECKS),
        conditions=tuple(_condition(number, on) for number in range(4)),
        changelog=(p.Change(number=1, on=on, words=p.Words(en="First review.", es="Primera revisión.")),),
    )


def _row(row: p.Row, number: int) -> p.LabelRow:
    en, es = QUESTIONS[row]
    mark = list(p.Mark)[number % len(p.Mark)]
    return p.LabelRow(row=row, question=p.Words(en=en, es=es), mark=mark, sentence=SENTENCE, doubt=DOUBT)


def _claim(number: int) -> p.Claim:
    return p.Claim(
        id=f"claim-{number}",
        says="It adapts to every answer in real time, and every child learns more.",
        kind=list(p.ClaimKind)[number % len(p.ClaimKind)],
        verdict="inconclusive",
        mark=p.Mark.CANNOT_SAY,
        sentence=SENTENCE,
        checks=(CHECKS[number][0],),
    )


def _finding(check: str, question: str, asks: str) -> p.Finding:
    return p.Finding(
        check=check,
        question=question,
        asks=asks,
        answer="not shown to matter",
        sentence="Of 100 next tasks, about 4 (2 to 6) would have been another after another answer.",
        effect=p.Effect(
            name="steps that would have differed", value=0.04, unit="share", low=0.02, high=0.06, level=0.95
        ),
        chart_svg=CHART,
        chart_says="Eight units, each with its range.",
        chart_rows=ROWS,
        not_seen="Whether the task that came next was a better one; that takes longer than a day.",
        noise_floor="R up to .012 in 95 of 100 redrawn logs.",
        power="80 in 100 such logs would show R of .02.",
    )


def _condition(number: int, on: date) -> p.Condition:
    return p.Condition(
        id=f"condition-{number}",
        words=p.Words(en="Hand over a table of groups.", es="Entregar una tabla de grupos."),
        owner="Nobody",
        deadline=on + AFTER,
        proves=p.Words(en="A table with both sides.", es="Una tabla con ambos lados."),
    )

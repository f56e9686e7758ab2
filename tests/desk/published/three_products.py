"""Three made-up products as their pages stand when everything is in: for tests, and to look at.

Fractal has all there is: findings with pictures, experts, conditions, a refusal, a reply, stories. Wordwise was
seen by its traffic only. Steady is a product with a long name, of which next to nothing can be said.
"""
# ruff: noqa: E501 - a sentence is easier to read on one line

from datetime import UTC, date, datetime
from hashlib import sha256

from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.desk.published import page as p
from plainview.desk.published.freeze import freeze, note_event
from plainview.desk.published.models import Event, Publication

DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)

QUESTIONS = {
    "adapts": ("Does it adapt?", "¿Se adapta?"),
    "fair": ("Is it fair?", "¿Es justo?"),
    "sound": ("Are its tests sound?", "¿Son sólidas sus pruebas?"),
    "works": ("Does it work?", "¿Funciona?"),
    "leaves": ("What data leaves?", "¿Qué datos salen?"),
    "decides": ("Who decides?", "¿Quién decide?"),
    "pays": ("Who pays?", "¿Quién paga?"),
    "teachers": ("What did teachers say?", "¿Qué dijeron los docentes?"),
}
NOTHING = ("cannot_say", "We have nothing to go by yet.", "Todavía no tenemos en qué basarnos.", "", "", "")


def label(**said: tuple[str, str, str, str, str, str]) -> tuple[p.LabelRow, ...]:
    """Row by row: mark, sentence and doubt in English and Spanish, where the evidence stands."""
    rows = []
    for row, (en, es) in QUESTIONS.items():
        mark, sentence, frase, doubt, duda, evidence = said.get(row, NOTHING)
        rows.append(
            p.LabelRow(
                row=row,
                question=p.Words(en=en, es=es),
                mark=mark,
                sentence=p.Words(en=sentence, es=frase),
                doubt=p.Words(en=doubt, es=duda),
                evidence=evidence,
            )
        )
    return tuple(rows)


def chart(*ranged: Ranged, along: str):
    return intervals(ranged, words=IntervalsWords(title="Each with its range", along=along))


STEPS = chart(
    Ranged(name="after a right answer", value=0.021, low=0.004, high=0.038),
    Ranged(name="after a wrong answer", value=0.034, low=0.011, high=0.057),
    along="change in the next step",
)
GAIN = chart(
    Ranged(name="mathematics", value=0.36, low=0.21, high=0.51),
    Ranged(name="reading", value=0.23, low=0.09, high=0.37),
    along="standard deviations",
)

FRACTAL = p.Page(
    product=p.Product(
        slug="fractal",
        name="Fractal",
        vendor="Acme Learning",
        version="2.1",
        homepage="https://acme.example/fractal",
        one_line="Practice in fractions for grades 3 to 5, on a tablet.",
    ),
    number=1,
    published_on=DAY,
    expires_on=date(2027, 11, 2),
    office="Office of Independent Review, State of Example",
    opening=p.Words(
        en="Four claims were looked at: one is supported, one is contradicted, one is still open and one could "
        "not be tested, as the vendor refused.",
        es="Se examinaron cuatro afirmaciones: una se sostiene, una queda desmentida, una sigue abierta y una no "
        "se pudo comprobar porque el proveedor se negó.",
    ),
    label=label(
        adapts=(
            "shown_not_to",
            "The next task is nearly the same whatever a child answers.",
            "La siguiente tarea es casi la misma, responda lo que responda el niño.",
            "Of 100 next tasks, 2 to 6 depended on the answer. 61,240 answers of 1,204 students.",
            "De 100 tareas siguientes, entre 2 y 6 dependieron de la respuesta. 61.240 respuestas de 1.204 niños.",
            "adaptivity-log-test",
        ),
        fair=(
            "cannot_say",
            "The vendor did not say which child is in which group.",
            "El proveedor no dijo qué niño está en qué grupo.",
            "It would need a table of groups with at least 20 students on each side.",
            "Haría falta una tabla de grupos con al menos 20 estudiantes en cada lado.",
            "fairness-over-practice",
        ),
        sound=(
            "not_shown",
            "Two children in ten would be placed otherwise on another day.",
            "Dos de cada diez niños serían ubicados de otra manera otro día.",
            "17 to 23 of 100. 1,204 students, 40 items.",
            "De 17 a 23 de cada 100. 1.204 estudiantes, 40 preguntas.",
            "soundness-decisions",
        ),
        works=(
            "shown",
            "Children who got it learned more mathematics than those who did not.",
            "Los niños que lo usaron aprendieron más matemáticas que los que no.",
            ".36 standard deviations (.21 to .51), from a lottery of 619 students.",
            "0,36 desviaciones estándar (de 0,21 a 0,51), por sorteo entre 619 estudiantes.",
            "efficacy-effect",
        ),
        leaves=(
            "shown_not_to",
            "A child’s first name reached one advertising company.",
            "El nombre de un niño llegó a una empresa de publicidad.",
            "Seen in 3 of 3 sessions that we recorded. What we did not record, we did not see.",
            "Visto en 3 de las 3 sesiones grabadas. Lo que no grabamos, no lo vimos.",
            "exposure-leaks",
        ),
        decides=(
            "not_shown",
            "A teacher can skip a task, but the skip is undone the next day.",
            "La docente puede saltar una tarea, pero al día siguiente vuelve.",
            "Three experts tried it; all three saw it.",
            "Tres personas expertas lo probaron; las tres lo vieron.",
            "experts",
        ),
        pays=(
            "shown",
            "Districts pay $9 a child and year. A fund that owns a publisher owns Acme.",
            "Los distritos pagan 9 dólares por niño y año. Acme pertenece a un fondo dueño de una editorial.",
            "From two public contracts and one tax form.",
            "De dos contratos públicos y una declaración de impuestos.",
            "money",
        ),
        teachers=(
            "cannot_say",
            "Twelve teachers told us what happened. That is too few to speak for all.",
            "Doce docentes nos contaron qué pasó. Son muy pocos para hablar por todos.",
            "Whoever writes to us is not a sample.",
            "Quienes nos escriben no son una muestra.",
            "stories",
        ),
    ),
    claims=(
        p.Claim(
            id="adapts-in-real-time",
            says="Fractal adapts to every answer in real time.",
            kind="adapts",
            verdict="contradicted",
            mark="shown_not_to",
            sentence=p.Words(
                en="The log shows that 2 to 6 of 100 next tasks depended on the answer just given.",
                es="El registro muestra que entre 2 y 6 de cada 100 tareas dependieron de la última respuesta.",
            ),
            checks=("adaptivity.log_test/1",),
        ),
        p.Claim(
            id="learn-more",
            says="Students who use Fractal learn more.",
            kind="works",
            verdict="supported",
            mark="shown",
            sentence=p.Words(
                en="In a lottery, students who got it gained .36 standard deviations more in mathematics.",
                es="En un sorteo, quienes lo usaron ganaron 0,36 desviaciones estándar más en matemáticas.",
            ),
            checks=("efficacy.effect/1",),
        ),
        p.Claim(
            id="fair-for-all",
            says="Fractal is fair for every learner.",
            kind="fair",
            verdict="refused",
            mark="refused",
            sentence=p.Words(
                en="The vendor was asked for a table of groups and refused on 3 August 2026.",
                es="Se pidió al proveedor una tabla de grupos y se negó el 3 de agosto de 2026.",
            ),
            checks=("fairness.over_practice/1",),
        ),
        p.Claim(
            id="safe",
            says="Your data never leaves our servers.",
            kind="safe",
            verdict="inconclusive",
            mark="cannot_say",
            sentence=p.Words(
                en="We saw traffic of three sessions only; the claim speaks of all.",
                es="Vimos el tráfico de solo tres sesiones; la afirmación habla de todas.",
            ),
            checks=("exposure.leaks/1",),
        ),
    ),
    not_tested=(
        p.NotTested(
            what=p.Words(en="Is it fair?", es="¿Es justo?"),
            why=p.Words(
                en="Nobody handed over who belongs to which group.",
                es="Nadie entregó quién pertenece a qué grupo.",
            ),
        ),
        p.NotTested(
            what=p.Words(en="How it explains its choices", es="Cómo explica sus decisiones"),
            why=p.Words(
                en="It gives no reasons that could be tried.", es="No da razones que se puedan probar."
            ),
        ),
    ),
    findings=(
        p.Finding(
            check="adaptivity.log_test/1",
            question="adaptivity",
            asks="Does the next item depend on the answer just given?",
            answer="not shown to matter",
            sentence="Of 100 next tasks, about 4 (2 to 6) would have been another after another answer.",
            effect=p.Effect(
                name="steps that would have differed",
                value=0.04,
                unit="share",
                low=0.02,
                high=0.06,
                level=0.95,
                n=61240,
                of="answers",
            ),
            chart_svg=STEPS.svg,
            chart_says=STEPS.sentence,
            chart_rows=STEPS.rows,
            not_seen="Whether the task that came next was a better one; adapting that takes longer than a day.",
            noise_floor="R up to .012 in 95 of 100 redrawn logs.",
            power="80 in 100 such logs would show R of .02.",
            seed=20260101,
        ),
        p.Finding(
            check="efficacy.effect/1",
            question="efficacy",
            asks="Did students who got it learn more?",
            answer="more",
            sentence="Students who got it gained .36 standard deviations more (.21 to .51).",
            effect=p.Effect(
                name="gain",
                value=0.36,
                unit="standard deviations",
                low=0.21,
                high=0.51,
                level=0.95,
                n=535,
                of="students",
            ),
            numbers=(
                p.Effect(name="lost, with the product", value=0.13, unit="share", n=305, of="students"),
                p.Effect(name="lost, without", value=0.14, unit="share", n=314, of="students"),
            ),
            chart_svg=GAIN.svg,
            chart_says=GAIN.sentence,
            chart_rows=GAIN.rows,
            tables=(
                p.Table(
                    title="Means after four months",
                    columns=("arm", "students", "mean", "deviation"),
                    rows=(("with", 265, 0.61, 1.0), ("without", 270, 0.25, 0.98)),
                ),
            ),
            said=("Scores were taken as the study published them.",),
            not_seen="What happens after four months, and in schools of another kind.",
            noise_floor="Nothing: the lottery is what is compared.",
            power="An effect of .20 would have been seen in 80 of 100 such studies.",
        ),
        p.Finding(
            check="exposure.leaks/1",
            question="exposure",
            asks="Does what a child types reach others?",
            answer="reached others",
            sentence="A first name that we typed reached ads.tracker.example in 3 of 3 sessions.",
            tables=(
                p.Table(
                    title="What reached whom",
                    columns=("what", "to", "how", "requests"),
                    rows=(("first name", "ads.tracker.example", "SHA-256 in the address", 9),),
                ),
            ),
            not_seen="Pages that we did not open; what servers pass on to each other.",
            noise_floor="None: each name was drawn by chance and stands nowhere else.",
            power="Three sessions, 41 pages.",
        ),
        p.Finding(
            check="soundness.decisions/1",
            question="soundness",
            asks="How often would a decision at a cut come out otherwise?",
            answer="often",
            sentence="About 20 of 100 students (17 to 23) would be placed otherwise on another day.",
            effect=p.Effect(
                name="placed otherwise",
                value=0.2,
                unit="share",
                low=0.17,
                high=0.23,
                level=0.95,
                n=1204,
                of="students",
            ),
            not_seen="Whether either placement is the right one.",
            noise_floor="0 for a test without error.",
            power="1,204 students.",
            seed=20260101,
        ),
        p.Finding(
            check="fairness.over_practice/1",
            question="fairness",
            asks="Is every group kept practising as long after it has shown that it can?",
            answer="cannot say",
            sentence="Cannot say: nobody says who belongs to which group.",
            would_need="a table of groups (exhibits/groups.csv): student, and a column for each way of grouping",
        ),
    ),
    gateways=(
        p.Gateway(
            id="G1",
            name=p.Words(en="Safety and rights", es="Seguridad y derechos"),
            passed=False,
            why=p.Words(
                en="A child’s name reached an advertising company.",
                es="El nombre de un niño llegó a una empresa de publicidad.",
            ),
        ),
        p.Gateway(
            id="G2",
            name=p.Words(en="Adaptivity and instruments", es="Adaptación e instrumentos"),
            passed=False,
            why=p.Words(en="It hardly adapts.", es="Apenas se adapta."),
        ),
        p.Gateway(
            id="G3",
            name=p.Words(
                en="Pedagogy, teacher control, workload", es="Pedagogía, control docente, carga de trabajo"
            ),
            passed=None,
            why=p.Words(
                en="Two of three experts could try it.", es="Dos de tres expertos pudieron probarlo."
            ),
        ),
        p.Gateway(
            id="G4",
            name=p.Words(en="Whether it works", es="Si funciona"),
            passed=True,
            why=p.Words(en="One lottery shows a gain.", es="Un sorteo muestra una mejora."),
        ),
    ),
    experts=p.Experts(
        n_raters=3,
        alpha=0.71,
        low=0.52,
        high=0.85,
        standing="tentative",
        sentence=p.Words(
            en="Three experts rated it, each alone. They agree well enough for a tentative score.",
            es="Tres personas expertas lo valoraron, cada una por su cuenta. Coinciden lo bastante para una "
            "puntuación provisional.",
        ),
        questions=(
            p.Rated(
                number=18,
                asks="Can the teacher reorder, skip, add or turn off, and does it last?",
                levels=(1, 1, 2),
                score=1,
            ),
            p.Rated(number=12, asks="What can a child not do in it?", levels=(1, 3, 2), score=None),
        ),
    ),
    conditions=(
        p.Condition(
            id="stop-the-leak",
            words=p.Words(
                en="Send no child’s name to any other company.",
                es="No enviar el nombre de ningún niño a otra empresa.",
            ),
            owner="Acme Learning",
            deadline=date(2026, 12, 1),
            proves=p.Words(
                en="Three new recordings in which no typed name reaches others.",
                es="Tres grabaciones nuevas en las que ningún nombre llegue a otros.",
            ),
            claim="safe",
            check="exposure.leaks/1",
        ),
        p.Condition(
            id="hand-over-groups",
            words=p.Words(
                en="Hand over a table of groups.",
                es="Entregar una tabla de grupos.",
            ),
            owner="Acme Learning",
            deadline=date(2027, 3, 1),
            proves=p.Words(
                en="A table with at least 20 students on each side.",
                es="Una tabla con al menos 20 estudiantes en cada lado.",
            ),
            claim="fair-for-all",
            check="fairness.over_practice/1",
        ),
    ),
    refusals=(
        p.Refusal(
            kind="groups",
            asked_on=date(2026, 7, 1),
            refused_on=date(2026, 8, 3),
            says="We consider group membership confidential.",
        ),
        p.Refusal(kind="code", asked_on=date(2026, 7, 1), silent_since=date(2026, 8, 1)),
    ),
    reply=p.Reply(
        words="We thank the Office for its work. Version 2.2 changes how the next task is chosen. We stopped "
        "sending names on 12 October and ask to be looked at again.",
        on=date(2026, 10, 20),
        by="Acme Learning",
    ),
    stories=p.Stories(
        n=12,
        base=p.Words(
            en="12 stories by educators in 4 districts", es="12 relatos de educadores en 4 distritos"
        ),
        themes=(
            p.Theme(theme=p.Words(en="It took time from teaching", es="Quitó tiempo de enseñanza"), n=7),
            p.Theme(theme=p.Words(en="Children liked it", es="A los niños les gustó"), n=5),
        ),
        since=date(2026, 3, 1),
        until=date(2026, 10, 15),
        silent=p.Words(
            en="Whoever tells a story chose to. Counts say what was told, not how often it happens.",
            es="Quien cuenta un relato eligió hacerlo. Las cifras dicen qué se contó, no con qué frecuencia pasa.",
        ),
    ),
    money=p.Money(
        who_pays=(
            p.Words(en="Districts: $9 a child and year.", es="Los distritos: 9 dólares por niño y año."),
        ),
        owner="Example Growth Fund II",
        funders=(
            p.Funder(
                giver="Bright Foundation",
                taker="Institute that ran the study",
                amount=250_000,
                year=2024,
                source="IRS Form 990, Schedule I, 2024",
            ),
        ),
    ),
    conflicts=(
        p.Conflict(
            who="An expert",
            words=p.Words(
                en="Taught a course for Acme in 2019. Did not rate.",
                es="Impartió un curso para Acme en 2019. No valoró.",
            ),
        ),
    ),
    documents=(
        p.Document(title="Everything, to compute again", kind="dossier", file="dossier.zip"),
        p.Document(title="The findings as data", kind="findings", file="findings.json"),
        p.Document(title="The report of all checks", kind="report", file="report.html"),
        p.Document(title="Privacy policy of Acme", kind="policy", url="https://acme.example/privacy"),
    ),
    changelog=(
        p.Change(number=1, on=DAY, words=p.Words(en="First published.", es="Publicado por primera vez.")),
    ),
    repeat=p.Repeat(
        steps=(
            p.Words(en="Download dossier.zip and unpack it.", es="Descargue dossier.zip y descomprímalo."),
            p.Words(
                en="Run: plainview verify fractal",
                es="Ejecute: plainview verify fractal",
            ),
        ),
        seed=20260101,
        draws=999,
        versions={"plainview": "0.1.0", "numpy": "2.4.6"},
    ),
    methods=(
        p.Method(check="adaptivity.log_test/1", page="log-test"),
        p.Method(check="efficacy.effect/1", page="effect-study"),
        p.Method(check="exposure.leaks/1", page="exposure-leaks"),
        p.Method(check="soundness.decisions/1", page="soundness-decisions"),
        p.Method(check="fairness.over_practice/1", page="gaps-by-group"),
    ),
)

WORDWISE = p.Page(
    product=p.Product(
        slug="wordwise",
        name="Wordwise",
        vendor="Lantern Press",
        version="5",
        homepage="https://wordwise.example",
        one_line="Short texts and questions, read aloud, grades 1 to 4.",
    ),
    number=1,
    published_on=date(2026, 10, 12),
    office="Office of Independent Review, State of Example",
    opening=p.Words(
        en="One claim was looked at, and it is supported.", es="Se examinó una afirmación, y se sostiene."
    ),
    label=label(
        leaves=(
            "shown",
            "Nothing that we typed left for other companies.",
            "Nada de lo que escribimos llegó a otras empresas.",
            "Three sessions, 28 pages.",
            "Tres sesiones, 28 páginas.",
            "exposure-leaks",
        ),
        pays=(
            "shown",
            "Families pay $4 a month. Schools pay nothing.",
            "Las familias pagan 4 dólares al mes. Las escuelas, nada.",
            "From its own price page.",
            "De su propia página de precios.",
            "money",
        ),
    ),
    claims=(
        p.Claim(
            id="no-tracking",
            says="No tracking, ever.",
            kind="safe",
            verdict="supported",
            mark="shown",
            sentence=p.Words(
                en="In three sessions no tracker was seen.",
                es="En tres sesiones no se vio ningún rastreador.",
            ),
            checks=("exposure.leaks/1",),
        ),
    ),
    findings=(
        p.Finding(
            check="exposure.leaks/1",
            question="exposure",
            asks="Does what a child types reach others?",
            answer="reached nobody",
            sentence="Nothing that was typed reached anyone else in 3 sessions.",
            not_seen="Pages that we did not open; what servers pass on to each other.",
            noise_floor="None.",
            power="Three sessions, 28 pages.",
        ),
    ),
    changelog=(p.Change(number=1, on=date(2026, 10, 12), words=p.Words(en="First published.")),),
    methods=(p.Method(check="exposure.leaks/1", page="exposure-leaks"),),
)

STEADY = p.Page(
    product=p.Product(
        slug="steady",
        name="Steady Steps Comprehensive Personalized Mathematics Achievement Accelerator (District Edition)",
        vendor="Consolidated Educational Measurement & Instructional Technologies Holdings, Incorporated",
        one_line="",
    ),
    number=1,
    published_on=date(2026, 9, 1),
    office="Office of Independent Review, State of Example",
    label=label(),
    claims=(
        p.Claim(
            id="personalised",
            says="Truly personalised learning pathways.",
            kind="adapts",
            verdict="not tested",
            mark="not_tested",
            sentence=p.Words(
                en="The claim says nothing that could be tried.", es="No dice nada comprobable."
            ),
        ),
    ),
    changelog=(p.Change(number=1, on=date(2026, 9, 1), words=p.Words(en="First published.")),),
)

FILES = {
    "dossier.zip": b"PK\x05\x06" + bytes(18),
    "findings.json": b'{"format":"plainview.findings/1"}\n',
    "report.html": b"<!doctype html><title>Report</title><p>All checks.</p>\n",
}
SHA_OF_FINDINGS = sha256(FILES["findings.json"]).hexdigest()


def freeze_three() -> tuple[Publication, ...]:
    """All three, and what happened to Fractal since."""
    frozen = (
        freeze(FRACTAL, files=FILES, at=AT),
        freeze(WORDWISE, files={}, at=datetime(2026, 10, 12, 14, 0, tzinfo=UTC)),
        freeze(STEADY, files={}, at=datetime(2026, 9, 1, 14, 0, tzinfo=UTC)),
    )
    note_event(
        product="fractal",
        kind=Event.Kind.OWNERSHIP_CHANGED,
        at=datetime(2026, 11, 10, 14, 0, tzinfo=UTC),
        words=p.Words(en="Acme Learning was sold to Big Co.", es="Acme Learning se vendió a Big Co."),
    )
    return frozen


def again(page: p.Page, *, number: int, on: date, words: p.Words) -> p.Page:
    """The next publication of the same product."""
    change = p.Change(number=number, on=on, words=words)
    return page.model_copy(update={"number": number, "published_on": on, "changelog": (change,)})

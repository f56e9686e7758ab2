"""What the demonstration's people wrote, in both languages of a published page.

In:   nothing.
Out:  words.
Not here: what the checks found. That is on the shelf, in the core's own words.
"""
# ruff: noqa: E501 - a sentence is easier to read on one line

from plainview.desk.verdicts.models import Gate
from plainview.desk.verdicts.tongues import Both

CLAIMS = {
    "adapts": Both(
        en="The log shows no dependence: the next task came out the same way whatever the child had answered, "
        "as far as this log can tell.",
        es="El registro no muestra dependencia: la tarea siguiente salió igual, respondiera lo que respondiera "
        "el niño, hasta donde este registro permite ver.",
    ),
    "learn-more": Both(
        en="In a lottery in eight schools, students who practised with Fractal did better on the state’s test.",
        es="En un sorteo en ocho escuelas, quienes practicaron con Fractal obtuvieron mejores resultados en la "
        "prueba estatal.",
    ),
    "precise": Both(
        en="The check-up does not tell exactly where a child stands: much of what separates two children "
        "would look different on another day.",
        es="El chequeo no dice con exactitud dónde está un niño: mucho de lo que separa a dos niños se vería "
        "distinto otro día.",
    ),
    "fair": Both(
        en="We asked for a table of groups, and the vendor refused. So nobody can say.",
        es="Pedimos una tabla de grupos y el proveedor se negó. Por eso nadie puede decirlo.",
    ),
    "facts": Both(
        en="Twelve classes took part. The range holds nothing as well as an effect that matters.",
        es="Participaron doce clases. El rango incluye tanto nada como un efecto que importa.",
    ),
    "pace": Both(
        en="No log was handed over, so whether the pace fits cannot be tested.",
        es="No se entregó ningún registro, así que no se puede comprobar si el ritmo es adecuado.",
    ),
}
WHY_MORE_CAREFUL = "The study is one, and the vendor paid for it; a second one is under way."

GATES = {
    Gate.G1: Both(
        en="No capture of its traffic was handed over, and no policy. What leaves the tablet we do not know.",
        es="No se entregó ninguna captura de su tráfico ni política alguna. No sabemos qué sale de la tableta.",
    ),
    Gate.G2: Both(
        en="Tasks do not depend on answers, and the check-up is rougher than it says.",
        es="Las tareas no dependen de las respuestas, y el chequeo es menos preciso de lo que dice.",
    ),
    Gate.G3: Both(
        en="Teachers can skip a task, but the skip is undone overnight.",
        es="Los docentes pueden saltar una tarea, pero durante la noche se deshace.",
    ),
    Gate.G4: Both(
        en="One study, described above; what it carries stands with it.",
        es="Un estudio, descrito arriba; lo que permite afirmar consta junto a él.",
    ),
}

OVERDUE = (
    Both(
        en="Hand over a table of groups, under pseudonyms.",
        es="Entregar una tabla de grupos, con seudónimos.",
    ),
    Both(
        en="A table with at least 20 students on each side, and the log of the same term.",
        es="Una tabla con al menos 20 estudiantes en cada lado, y el registro del mismo periodo.",
    ),
)
DUE_SOON = (
    Both(
        en="Say on the home page what the next task depends on, or no longer that it adapts in real time.",
        es="Decir en la página de inicio de qué depende la siguiente tarea, o dejar de decir que se adapta en "
        "tiempo real.",
    ),
    Both(en="The page as it reads on that day.", es="La página tal como se lea ese día."),
)
MET = (
    Both(
        en="Tell districts how far one child’s score may be off.",
        es="Informar a los distritos de cuánto puede variar la puntuación de un niño.",
    ),
    Both(en="The new report to districts.", es="El nuevo informe a los distritos."),
)
WHY_MET = Both(
    en="The report to districts of 1 September says it on its first page.",
    es="El informe a los distritos del 1 de septiembre lo dice en su primera página.",
)
FIRST_REVIEW = Both(en="First review.", es="Primera revisión.")
REPLY = (
    "We thank the desk for its work. In version 2.2 the next task depends on the last two answers; we will "
    "hand over a log of it. We regard group membership as confidential, and are talking with two districts."
)

REQUESTS = (
    ("Numberland", "Playful Math Co.", "district", "Six of our schools use it an hour a day. Does it teach?"),
    (
        "Class Pulse",
        "Pulse Analytics",
        "family",
        "My daughter’s school says it measures her mood by the camera. Who gets that, and is it right?",
    ),
)

# Who tells, in which language, about what, and what happened.
STORIES = (
    (
        *("educator", "en", ("learning", "fit")),
        "Two of my weakest readers of problems did well with the pictures. The ones who were done early got "
        "the same kind of task again and again, and started to guess.",
    ),
    (
        *("educator", "en", ("say", "time")),
        "I skip the tasks that we have not taught yet. Next morning they are back. I have stopped skipping.",
    ),
    (
        *("educator", "en", ("say",)),
        "On the dashboard half the class was yellow. I could not find out what yellow means.",
    ),
    (
        *("educator", "es", ("access", "learning")),
        "Los niños que leen en español entendieron las tareas por los dibujos. Las pistas solo están en inglés.",
    ),
    (
        *("family", "en", ("screen", "mood")),
        "Twenty minutes were asked for, and it took fifty, with tears on Thursdays. The school let us stop.",
    ),
    (
        *("family", "es", ("help",)),
        "Escribimos porque no podía entrar. Contestaron a las tres semanas.",
    ),
    (
        *("student", "en", ("fit", "mood")),
        "It gives me the easy ones when I am tired. I like that. It does not know that I am tired, though.",
    ),
)
HELD_STORIES = (
    (
        *("educator", "en", ("mistakes",)),
        "It marked three quarters as wrong because the child typed 0.75. I showed it to the whole team.",
    ),
    (
        *("family", "en", ("privacy",)),
        "After we had made an account for our son, letters from a tutoring company began to come with his name.",
    ),
)

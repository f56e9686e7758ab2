"""What the made-up adults wrote down about the made-up children.

In:   a competency, how much was shown, which kind of evidence.
Out:  a sentence or two, as a teacher would write them on a slip.
Not here: anything generated about a real child. Plainview writes no narratives.
"""

import random

# competency: (showed it, not yet)
SEEN = {
    "3.NF.A.1": (
        "Folded a strip into four equal parts, shaded three and said 'three of the fourths'.",
        "Cut the circle into four pieces of different size and called each one a fourth.",
    ),
    "3.NF.A.2": (
        "Walked the floor line: 'from zero, three hops of a fourth'. Landed on 3/4.",
        "Counted the marks and not the spaces, and put 3/4 one mark too early.",
    ),
    "3.NF.A.3.b": (
        "Laid two fourths over one half: 'same amount, just more cuts'.",
        "Said 2/4 must be more than 1/2 'because there are two of them'.",
    ),
    "3.NF.A.3.c": (
        "Wrote 12/4, then made three whole bars out of it without being asked.",
        "Wrote 3 as 1/3 and was surprised when the bars did not match.",
    ),
    "3.NF.A.3.d": (
        "'Sixths are smaller than fourths, so one sixth loses.' Showed it with strips.",
        "Chose 1/8 over 1/6 'because eight is bigger', twice.",
    ),
    "4.NF.A.1": (
        "Cut each third in two and wrote 4/6: 'I cut every part, so nothing changed'.",
        "Added 2 to the top and to the bottom of 2/3 and wrote 4/5 as equal.",
    ),
    "4.NF.A.2": (
        "Used one half as a landmark: '3/8 is under a half, 4/6 is over'. No writing needed.",
        "Compared only how far the top is from the bottom.",
    ),
    "4.NF.B.3.b": (
        "Found four ways to break up 5/6 and checked each with the bar.",
        "Broke 5/6 into 2/3 + 3/3: took the bottom apart too.",
    ),
    "4.NF.B.3.a": (
        "'Three eighths and two eighths, the eighths stay eighths.' Wrote 5/8.",
        "Added the tops and the bottoms: 3/8 + 2/8 became 5/16.",
    ),
    "4.NF.B.3.c": (
        "Traded one whole for 4/4 to take 3/4 away from 2 1/4, and explained the trade.",
        "Left the whole number standing and worked with the parts only.",
    ),
    "4.NF.B.3.d": (
        "Acted the story out with paper pizza, then wrote the sentence that fits it.",
        "Saw 'left' in the story and took away, though the story asked how much in all.",
    ),
    "4.NF.B.4.a": (
        "Counted 'one fourth, two fourths ...' up to 7/4 and wrote 7 x 1/4.",
        "Wrote 7 x 4 for seven fourths.",
    ),
    "4.NF.B.4.b": (
        "Made three groups of 2/5 with tiles and read off six fifths.",
        "Multiplied top and bottom by 3 and was sure it had grown.",
    ),
    "4.NF.B.4.c": (
        "Worked out 5 x 2/3 for the ribbon story and said 'between 3 and 4 metres'.",
        "Found 10/3 but could not yet say between which whole numbers it lies.",
    ),
    "4.NF.C.5": (
        "Coloured 3/10 on the hundred square and saw the 30 hundredths at once.",
        "Added 3/10 and 4/100 to 7/100.",
    ),
    "4.NF.C.6": (
        "Wrote 7/100 as 0.07 and said why the zero is needed.",
        "Wrote 7/100 as 0.7.",
    ),
    "4.NF.C.7": (
        "'0.4 is forty hundredths, so it beats 0.35.' Showed both squares.",
        "Chose 0.35 over 0.4 'because thirty-five is more than four'.",
    ),
}
PARTLY = [
    "Had the idea, then lost it when the numbers grew. The drawing helped.",
    "Right with the strips, unsure on the page.",
    "Got there after asking 'what is the whole?'",
    "First half alone, second half with a question from the next table.",
]
SELF = {
    1.0: ["I can do this and I can show how.", "I taught it to my table.", "It is easy now."],
    0.5: ["I can do it with the strips.", "Some of them. Not the big ones.", "I need one more try."],
    0.0: ["Not yet. I mix it up.", "I don't get why the bottom stays.", "I want somebody to show me again."],
}
SELF_ES = {
    1.0: ["Ya lo puedo hacer y puedo explicarlo."],
    0.5: ["Lo puedo hacer con las tiras."],
    0.0: ["Todavía no. Me confundo."],
}
CHECK_IN_NOTES = [
    "Talked about the goal. Wants to try the project with someone from another table.",
    "Likes number lines, is tired of worksheets. Chose the game for next week.",
    "Told me about checking each answer with a drawing. That is one to show the class.",
    "Asked for more time with the strips. We agreed on Tuesday after lunch.",
    "Quiet today. We laid two pieces of work side by side and talked about which says more.",
    "Proud of the story problem. Wants to write one for a friend.",
]
PROMISES = [
    "We play the game together once.",
    "I bring the metre stick.",
    "You choose the next project.",
    "We look at the quilt drawing again.",
    "I find a partner who likes drawing.",
    "You show me your own story.",
]


def words_for(competency: str, *, kind: str, shown: float, language: str, chance: random.Random) -> str:
    if kind == "answer":
        return ""
    if kind == "self_assessment":
        return chance.choice((SELF_ES if language == "es" else SELF)[_step(shown)])
    if _step(shown) == 0.5:
        return chance.choice(PARTLY)
    showed, not_yet = SEEN.get(competency, SEEN["3.NF.A.1"])
    return showed if shown else not_yet


def _step(shown: float) -> float:
    return 1.0 if shown > 0.75 else 0.0 if shown < 0.25 else 0.5

"""Names and other traces are marked before a story is sent: rather too many than too few."""

import pytest

from plainview.desk.stories.names import Kind, find, parts, tidy, without


@pytest.mark.parametrize(
    ("words", "trace", "kind"),
    [
        ("I wrote to ana.lopez@oak.k12.us about it.", "ana.lopez@oak.k12.us", Kind.MAIL),
        ("I wrote to ana (at) oak.org about it.", "ana (at) oak.org", Kind.MAIL),
        ("Call me at 555-123-4567 tonight.", "555-123-4567", Kind.PHONE),
        ("Call me at (555) 123 4567 tonight.", "(555) 123 4567", Kind.PHONE),
        ("It is on www.oakschool.org/room4 now.", "www.oakschool.org/room4", Kind.WEB),
        ("She posts as @msgarcia4b there.", "@msgarcia4b", Kind.HANDLE),
        ("We live at 12 Cedar Hill Road in town.", "12 Cedar Hill Road", Kind.STREET),
        ("It was on March 3, 2026 in class.", "March 3, 2026", Kind.DAY),
        ("Fue el 3 de marzo en clase.", "3 de marzo", Kind.DAY),
        ("In Room 12 it stopped.", "Room 12", Kind.ROOM),
        ("His number is 1048576 there.", "1048576", Kind.NUMBER),
        ("I teach at Oak Hill Elementary School.", "Oak Hill Elementary School", Kind.SCHOOL),
        (
            "It was in the Springfield Unified School District.",
            "Springfield Unified School District",
            Kind.SCHOOL,
        ),
        ("Trabajo en la Escuela Benito Juárez.", "Escuela Benito Juárez", Kind.SCHOOL),
        ("Then Mrs. Garcia turned it off.", "Mrs. Garcia", Kind.TITLED),
        ("Then Ms. K turned it off.", "Ms. K", Kind.TITLED),
        ("Entonces la maestra Rosa lo apagó.", "Rosa", Kind.NAME),
        ("My student bella cried.", "bella", Kind.NAME),
        ("Maria Elena could read it.", "Maria Elena", Kind.NAME),
        ("Then Zyx Qworty said no.", "Zyx Qworty", Kind.CAPITAL),
    ],
)
def test_a_trace_is_marked_with_what_it_is(words, trace, kind):
    assert (trace, kind) in [(one.text, one.kind) for one in find(words)]


@pytest.mark.parametrize(
    "words",
    [
        "Will it mark the work in May? I hope so.",
        "On Monday we use an iPad for Math and English.",
        "The app said no. Then it stopped!",
        "He has an IEP and an ELL class.",
        "It took 20 minutes and 4th grade work.",
    ],
)
def test_ordinary_words_are_left_alone(words):
    assert find(words) == []


def test_the_products_own_name_stays():
    assert find("Then Fractal by Acme stopped.", stay=["Fractal", "Acme"]) == []


def test_what_is_taken_out_leaves_a_word_for_what_it_was():
    words = "Then Mrs. Garcia of Oak High School wrote to a@b.org."
    assert without(words, find(words)) == "Then [an adult] of [a school] wrote to [an e-mail address]."


def test_the_pieces_put_together_are_the_text():
    words = "Then Mrs. Garcia asked Ana."
    assert "".join(text for text, _n in parts(words, find(words))) == words
    assert [n for _text, n in parts(words, find(words)) if n is not None] == [0, 1]


def test_nothing_invisible_stays_by_which_a_copy_could_be_told():
    assert tidy("a\u200bb\u2060 \u202ec\x07  d\r\n\r\n\r\n\r\ne") == "ab c d\n\ne"

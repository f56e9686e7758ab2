"""Whatever a child types, it is kept as an answer or asked for again; nothing breaks."""

from hypothesis import example, given
from hypothesis import strategies as st

from plainview.classroom.curriculum.models import Item
from plainview.classroom.evidence.policy import NotTaken
from plainview.classroom.evidence.record import check_response, scored

ITEMS = [
    Item(response="fraction", answer={"text": "3/4", "form": "any", "known_wrong": []}),
    Item(response="fraction", answer={"text": "1 1/2", "form": "mixed", "known_wrong": []}),
    Item(response="number", answer={"text": "0.30", "form": "decimal", "known_wrong": []}),
    Item(response="text", answer={"text": "same size"}),
    Item(
        response="choice",
        choices=[{"key": "a1", "text": "3/4", "label_html": "", "right": True, "misconception": ""}],
        answer={"key": "a1", "text": "3/4"},
    ),
]
LIKE_FRACTIONS = st.text(alphabet="0123456789 /.,+-½¾⅐⁄−and\u00a0\u2009٣", max_size=60)


@given(st.sampled_from(ITEMS), st.one_of(st.text(max_size=250), LIKE_FRACTIONS))
@example(ITEMS[0], "1/0")
@example(ITEMS[0], "9" * 200)
@example(ITEMS[0], "1 1/0")
@example(ITEMS[2], "1e999999")
@example(ITEMS[0], "\x00")
def test_any_text_is_an_answer_or_asked_for_again(item, typed):
    try:
        kept = check_response(item, typed)
    except NotTaken as again:
        assert str(again)
        return
    shown, _misconception = scored(item, kept)
    assert shown in (None, 0.0, 0.5, 1.0)
    assert kept == typed.strip()


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 9))
def test_every_equal_writing_of_a_fraction_is_right(top, bottom, times):
    item = Item(response="fraction", answer={"text": f"{top}/{bottom}", "form": "any", "known_wrong": []})
    wholes, rest = divmod(top, bottom)
    for writing in (f"{top * times}/{bottom * times}", f" {top} / {bottom} ", f"{wholes} {rest}/{bottom}"):
        assert scored(item, check_response(item, writing)) == (1.0, "")

"""The reading list and the law rows are files; each line of them is whole."""

from urllib.parse import urlsplit

from django.utils.translation import override

from plainview.desk.background import shelf


def test_every_entry_is_whole_and_of_a_known_kind():
    entries = shelf.reading()
    assert len(entries) >= 25
    for entry in entries:
        assert entry.kind in shelf.KINDS, entry.title
        assert urlsplit(entry.link).scheme == "https" and 1950 < entry.year < 2027, entry.title
        assert entry.title and entry.author and entry.publisher and entry.about.endswith("."), entry.title
    assert len({entry.link for entry in entries}) == len(entries)


def test_every_kind_of_evidence_has_an_entry():
    assert {entry.kind for entry in shelf.reading()} == set(shelf.KINDS)


def test_the_list_is_filtered_by_kind_language_and_words():
    assert {entry.kind for entry in shelf.reading(kind="law")} == {"law"}
    assert {entry.language for entry in shelf.reading(language="es")} == {"es"}
    assert [entry.author for entry in shelf.reading(words="mindspark HINDI")] == [
        "Muralidharan, Singh, Ganimian"
    ]
    assert not shelf.reading(words="no such words anywhere")


def test_each_sentence_of_ours_is_there_in_spanish():
    with override("es"):
        spanish = [*(e.about for e in shelf.reading()), *(row.duty for row in shelf.law())]
    english = [*(e.about for e in shelf.reading()), *(row.duty for row in shelf.law())]
    assert not set(spanish) & set(english)


def test_a_law_row_names_its_article_questions_and_clock_and_that_nobody_confirmed_it():
    rows = shelf.law()
    assert len(rows) >= 20
    for row in rows:
        assert row.article and row.evidence and row.clock and row.duty
        assert row.questions and all(1 <= n <= 45 for n in row.questions)
        assert (row.verified_on is None) == (row.verified_by == "")


def test_the_rows_of_one_place_stand_together():
    places = [row.place for row in shelf.law()]
    assert len(set(places)) == sum(one != before for one, before in zip(places, ["", *places], strict=False))

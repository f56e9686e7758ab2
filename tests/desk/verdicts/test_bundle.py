"""What goes along with a page, and what does not."""

from types import SimpleNamespace

from plainview.desk.verdicts import bundle


def exhibit(name: str, n_bytes: int, **settings):
    return SimpleNamespace(name=name, kind="log", sha256="0" * 64, n_bytes=n_bytes, settings=settings)


def left_out(*exhibits) -> list[tuple[str, str]]:
    return [(one.file, one.why) for one in bundle.left_out_of(exhibits)]


def test_only_a_plain_true_marks_an_exhibit_as_confidential():
    assert left_out(exhibit("a", 1, confidential=True)) == [("a", "confidential")]
    assert left_out(exhibit("a", 1, confidential="no"), exhibit("b", 1)) == []


def test_what_is_too_large_alone_or_together_is_left_out_and_the_rest_still_goes():
    large, half = bundle.LARGEST_EXHIBIT, bundle.LARGEST_EXHIBIT // 2
    assert left_out(exhibit("a", large + 1), exhibit("b", 1)) == [("a", "too large")]
    many = [exhibit(str(n), large) for n in range(4)]
    assert left_out(*many, exhibit("last", half)) == [("last", "too large")]
    assert left_out(*many[:3], exhibit("last", half), exhibit("c", 9)) == []

"""Children into small groups."""

from hypothesis import given
from hypothesis import strategies as st
from tests.core.rules.story import a_class, child

from plainview.core.rules.gather import gather


def test_seven_become_four_and_three_rather_than_six_and_one():
    snapshot = a_class(*(child(f"s{n}") for n in range(1, 8)))
    groups = gather(snapshot, list(snapshot.present), fewest=3, most=6)
    assert groups == (("s1", "s2", "s3", "s4"), ("s5", "s6", "s7"))


def test_two_who_are_kept_apart_never_share_a_group():
    snapshot = a_class(child("s1", apart_from=("s2",)), child("s2"), child("s3"), child("s4"))
    assert gather(snapshot, ["s1", "s2", "s3", "s4"], fewest=3, most=6) == (("s1", "s3", "s4"),)


def test_too_few_are_no_group():
    snapshot = a_class(child("s1"), child("s2"))
    assert gather(snapshot, ["s1", "s2"], fewest=3, most=6) == ()
    assert gather(snapshot, [], fewest=1, most=6) == ()


apart = st.lists(
    st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda p: p[0] != p[1]), max_size=12
)


@given(n=st.integers(1, 12), apart=apart, fewest=st.integers(1, 3), most=st.integers(3, 6))
def test_a_group_gathered_again_from_its_own_members_is_the_same_group(n, apart, fewest, most):
    """Else a suggestion could not be recomputed from its own children alone."""
    away = {f"s{a}": tuple(f"s{b}" for c, b in apart if c == a) for a, _ in apart}
    snapshot = a_class(*(child(f"s{i}", apart_from=away.get(f"s{i}", ())) for i in range(1, n + 1)))
    for group in gather(snapshot, list(snapshot.present), fewest=fewest, most=most):
        assert fewest <= len(group) <= most
        assert snapshot.may_work_together(group)
        assert gather(snapshot, group, fewest=fewest, most=most) == (group,)

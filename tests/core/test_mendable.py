"""What the reader can mend, in sentences."""

from plainview.core.mendable import MOST_FAULTS_SHOWN, Mendable


def test_all_faults_are_said_each_on_its_line():
    assert str(Mendable("a.json, line 1: this.", "a.json, line 2: that.")).splitlines() == [
        "a.json, line 1: this.",
        "a.json, line 2: that.",
    ]


def test_beyond_fifty_faults_the_rest_is_counted():
    fault = Mendable(*(f"fault {n}" for n in range(MOST_FAULTS_SHOWN + 7)))
    assert len(str(fault).splitlines()) == MOST_FAULTS_SHOWN + 1
    assert str(fault).endswith("... and 7 more of the kind.")
    assert len(fault.faults) == MOST_FAULTS_SHOWN + 7

"""The unit as it stands in content/, read once; and a small unit of our own to break."""

from pathlib import Path

import pytest

CONTENT = Path(__file__).resolve().parents[3] / "content"

UNIT = """\
unit: apples
title: Sharing apples
grade: 3
licence: CC BY-SA 4.0
for_families: |
  We share apples.
lists:
  names: [Ada, Bo]
"""
COMPETENCIES = """\
- competency: 3.NF.A.1
  short_name: Name parts
  grade: 3
  statement: Name the parts of a whole.
- competency: 3.NF.A.2
  short_name: On a line
  grade: 3
  statement: Find a fraction on a line.
  requires: [3.NF.A.1]
"""
MISCONCEPTIONS = """\
- misconception: part-to-part
  name: Compares shaded with unshaded
  what_it_looks_like: Writes {3/5} for 3 of 8.
  what_helps: Count all the parts.
"""
FAMILY = """\
family: shaded
title: What is shaded?
competency: 3.NF.A.1
kind: area_model
response: choice
choices: 1
make: 4
params:
  b: [3, 4, 5]
  a: 1..4
where:
  - a < b
  - a * 2 != b
stem: |
  What fraction of the bar is shaded?
figure:
  bar: {parts: b, shaded: a}
answer: frac(a, b)
wrong:
  - is: frac(a, b - a)
    misconception: part-to-part
hints:
  - Count all the parts.
  - There are {b}.
worked: |
  It is {frac(a, b)}.
"""
ACTIVITY = """\
activity: share
title: Share an apple
kind: game
competencies: [3.NF.A.1]
misconceptions: [part-to-part]
minutes: 20
adult_minutes: 2
group: [2, 3]
with_whom: with a partner
medium: paper
materials: [an apple]
student_words: We cut an apple and name the parts.
teacher: |
  Watch for {3/5}.
student: |
  1. Cut it.
paper: |
  ## Share

  ```figure
  circle: {parts: 4, shaded: 1}
  ```

  [new page]

  Write it here: {blank}
"""


@pytest.fixture
def small_unit(tmp_path) -> Path:
    folder = tmp_path / "content" / "apples"
    for name in ("items", "activities"):
        (folder / name).mkdir(parents=True)
    (folder / "unit.yaml").write_text(UNIT)
    (folder / "competencies.yaml").write_text(COMPETENCIES)
    (folder / "misconceptions.yaml").write_text(MISCONCEPTIONS)
    (folder / "items" / "shaded.yaml").write_text(FAMILY)
    (folder / "activities" / "share.yaml").write_text(ACTIVITY)
    return folder


@pytest.fixture
def rewrite():
    """Change one place of a file: ``rewrite(file, "grade: 3", "grade:")``."""

    def change(file: Path, old: str, new: str) -> None:
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    return change


@pytest.fixture(scope="session")
def fractions():
    """Every file of the unit, read and its items made, once for all tests."""
    from plainview.classroom.curriculum.check import check_unit

    return check_unit(CONTENT / "fractions-4", named_from=CONTENT.parent)

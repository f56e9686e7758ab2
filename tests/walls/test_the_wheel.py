"""What is installed finds what it reads: a folder beside src/ that the package looks for goes along with it.

Built, and started outside the repository, it is checked by hand: CONTRIBUTING.md, "Before a release".
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "plainview"
BESIDE = re.compile(r'(?i:package)\.parents\[1\]((?: / "[\w.-]+")+)')


def beside() -> dict[str, Path]:
    """Each folder that a module looks for beside src/, and where it says so."""
    return {
        "/".join(re.findall(r'"([\w.-]+)"', found)): path
        for path in PACKAGE.rglob("*.py")
        for found in BESIDE.findall(path.read_text(encoding="utf-8"))
    }


def taken_along() -> dict[str, str]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]


def test_every_folder_that_is_looked_for_is_packed():
    looked_for = beside()
    assert {"content", "docs/methods", "content/desk", "content/dossiers"} <= set(looked_for)
    for folder, where in looked_for.items():
        packed = [one for one in taken_along() if f"{folder}/".startswith(f"{one}/")]
        assert packed, f"{where} looks for {folder}, which no wheel holds"


def test_it_is_packed_where_it_is_looked_for():
    for folder, inside in taken_along().items():
        assert inside == f"plainview/{folder}"
        assert (ROOT / folder).is_dir()


def test_translations_are_kept_compiled():
    """A wheel is made of what git holds: nobody compiles anything on the way."""
    for words in PACKAGE.rglob("*.po"):
        assert words.with_suffix(".mo").is_file(), words

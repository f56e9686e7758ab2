"""The version that a file carries is the version that was released."""

import tomllib
from pathlib import Path

from plainview.core.version import VERSION


def test_the_code_and_the_package_name_the_same_version():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["version"] == VERSION

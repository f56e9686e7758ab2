"""The classic tables and the references, read once."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

REFERENCES = Path(__file__).parents[3] / "references"


def read(name):
    return json.loads((REFERENCES / name).read_text(encoding="utf-8"))


def table(counts):
    """How many gave each of the 32 patterns, as one row a candidate."""
    patterns = np.array(list(itertools.product([0.0, 1.0], repeat=5)))
    return np.repeat(patterns, counts, axis=0)


@pytest.fixture(scope="session")
def direct():
    return read("irt_direct.json")


@pytest.fixture(scope="session")
def published():
    return read("irt_published.json")


@pytest.fixture(scope="session")
def lsat(direct):
    return {name: table(counts) for name, counts in direct["tables"].items()}


@pytest.fixture(scope="session")
def erm():
    return read("irt_erm.json")


def from_rows(rows):
    return np.array([[np.nan if sign == "." else float(sign) for sign in row] for row in rows])

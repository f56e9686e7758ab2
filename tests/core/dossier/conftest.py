"""A dossier that grows as a test says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plainview.core.dossier.dossier import Dossier
from plainview.core.dossier.folder import open_dossier

PRODUCT = 'name = "MathPath"\nvendor = "Acme"\nversion = "4.2"\n'


@pytest.fixture
def put(tmp_path) -> Callable[..., Path]:
    """``put("exhibits/log.csv", "student,...")`` writes a file into the dossier, and gives its path."""
    folder = tmp_path / "dossier"
    (folder / "exhibits").mkdir(parents=True)
    (folder / "product.toml").write_text(PRODUCT)

    def put(name: str, content: str | bytes = "") -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


@pytest.fixture
def opened(tmp_path, put) -> Callable[[], Dossier]:
    return lambda: open_dossier(tmp_path / "dossier", aside=tmp_path / "aside")

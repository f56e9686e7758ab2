"""A real trial, counted again: Muralidharan, Singh & Ganimian (2019), American Economic Review 109, 1426-60.

The published intention-to-treat effects are .37 standard deviations in mathematics (standard error .064, 535
students) and .23 in Hindi (.062, 537 students).
"""

from pathlib import Path

import numpy as np
import pytest

from plainview.core.audit.efficacy.from_rows import contrast_of
from plainview.core.audit.efficacy.rating import Rating
from plainview.core.audit.efficacy.read_study import read_study
from plainview.core.dossier.columns import columns_of
from plainview.core.stats.cluster_robust import estimate

DATA = Path(__file__).parents[5] / "shared" / "data" / "mindspark" / "ms_blel_jpal_wide.csv"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data/mindspark is not here")

DESIGN = """
[study]
kind = "rct"
sites = 3
[rows]
file = "rows.csv"
treated = "treat"
{strata}
[[outcome]]
name = "mathematics"
standardised = true
after = "m_theta_mle2"
before_columns = "m_theta_mle1"
[[outcome]]
name = "Hindi"
standardised = true
after = "h_theta_mle2"
before_columns = "h_theta_mle1"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mindspark")
    (folder / "rows.csv").symlink_to(DATA)
    (folder / "study.toml").write_text(DESIGN.format(strata='strata = "strata"'))
    return folder


@pytest.mark.parametrize(
    ("subject", "published", "error", "n"), [("m", 0.37, 0.064, 535), ("h", 0.23, 0.062, 537)]
)
def test_the_published_effects_in_points(subject, published, error, n):
    table = columns_of(DATA, file="mindspark")
    after, before = table.number(f"{subject}_theta_mle2"), table.number(f"{subject}_theta_mle1")
    treat = table.number("treat")
    known = ~np.isnan(after + before + treat)
    design = np.column_stack([treat, before, np.ones(len(treat))])[known]
    found = estimate(after[known], design, cluster=None)
    assert found.n_rows == n
    assert round(found.value, 2) == published
    assert found.standard_error == pytest.approx(error, abs=0.0006)


def test_the_rating_and_the_effects_from_a_design_file(study, monkeypatch):
    monkeypatch.setattr(Path, "resolve", lambda self, strict=False: self)  # the rows lie elsewhere here
    read = read_study(study / "study.toml", file="study.toml")
    maths, hindi = (contrast_of(one, read.rows, read.design) for one in read.asked)
    assert (maths.regression.value, hindi.regression.value) == pytest.approx((0.3738, 0.2379), abs=5e-5)
    assert maths.rated.rating == Rating.WITHOUT
    assert maths.attritions[0].overall == pytest.approx(100 * (1 - 535 / 619))
    assert maths.attritions[0].analysed_treated + maths.attritions[0].analysed_control == 535


def test_what_the_trial_could_see_agrees_with_its_own_doubt(study, monkeypatch):
    monkeypatch.setattr(Path, "resolve", lambda self, strict=False: self)
    read = read_study(study / "study.toml", file="study.toml")
    for one in read.asked:
        found = contrast_of(one, read.rows, read.design)
        assert found.mdes.value == pytest.approx(found.mdes.multiplier * found.effect.standard_error)
        assert found.effect.standard_error == pytest.approx(0.066, abs=0.01)
        assert found.mdes.value == pytest.approx(0.19, abs=0.03)

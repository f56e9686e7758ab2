"""A review that three experts rated, from their ratings to the page."""

import io
import subprocess
import sys
import zipfile

import pytest
from tests.desk.experts.conftest import PANEL, Panel

from plainview.desk.experts import agree, consolidate, unseal
from plainview.desk.published import read
from plainview.desk.published.models import File
from plainview.desk.published.page import Row
from plainview.desk.reviews import policy, receive, run, stage, store
from plainview.desk.reviews.models import Stage
from plainview.desk.verdicts import conclude, gateway, publish, show
from plainview.lobby.people.policy import Denied


@pytest.fixture
def rated(desk, review, now):
    """Each alone gave question 5 a 4 and question 18 a 3; opened, weighed, and settled."""
    desk.review = review
    panel = Panel(desk=desk, at=now)
    for who in PANEL:
        panel.make_ready(who)
    panel.begin()
    for who in PANEL:
        panel.hand_in(who, lambda number: {5: 4, 18: 3}.get(number, number % 5))
    panel.open()
    agree.compute(panel.round, at=now)
    consolidate.note_those_alike(panel.round, by=desk.cora, at=now)
    review.refresh_from_db()
    return review


def test_ratings_that_came_after_the_checks_are_counted_before_anything_is_concluded(rated, tools, desk, now):
    with pytest.raises(Denied, match="ratings came in after the checks"):
        tools.conclude_all()


def test_what_experts_agree_on_carries_a_gateway_and_a_row_of_the_label(rated, tools, desk, now, tmp_path):
    begun = run.start(rated, by=desk.cora, at=now)
    run.work(begun.pk, lambda *_: None, at=lambda: now)
    assert rated.stage == Stage.CONSOLIDATING
    assert gateway.levels(rated)[5] == 4
    for claim, word in {"works": "supported", "adapts": "refused", "free": "not tested"}.items():
        tools.say(claim, word)
    tools.say("steady", "inconclusive")
    for gate in ("G1", "G2", "G4"):
        tools.at_gate(gate)
    with pytest.raises(Denied, match="no level for these questions: 5"):
        tools.at_gate("G3", "passed", ratings=[5])
    tools.at_gate("G3", "passed", ratings=[18])
    conclude.close(rated, by=desk.cora, at=now, why="All is said.")
    show.show(rated, by=desk.cora, at=now)
    made = publish.publish(rated, by=desk.cora, at=tools.later, changelog=tools.both)
    page = read.page_of(made)
    assert (page.experts.n_raters, page.experts.standing) == (3, "rely")
    assert page.row(Row.DECIDES).mark == "shown"
    body = bytes(File.objects.get(publication=made, name="dossier.zip").body)
    zipfile.ZipFile(io.BytesIO(body)).extractall(tmp_path)
    asked = [sys.executable, "-m", "plainview.cli", "verify", str(tmp_path / "dossier")]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_whoever_rates_anew_does_not_read_how_others_rated_before(rated, desk, now):
    counted = run.start(rated, by=desk.cora, at=now)
    run.work(counted.pk, lambda *_: None, at=lambda: now)
    look, take_along = policy.check_may_see_findings, policy.check_may_take_along
    look(desk.ed, rated)
    receive.receive(rated, name="more.csv", kept=store.keep([b"a\n1\n"]), by=desk.cora, at=now)
    for to in (Stage.PLANNED, Stage.CHECKED):
        for check in (look, take_along):
            with pytest.raises(Denied, match="nobody sees any rating"):
                check(desk.ed, rated)
        stage.move(rated, to=to, by=desk.cora, at=now, why="on the way")
    unseal.begin(rated, by=desk.cora, at=now)
    rated.refresh_from_db()
    with pytest.raises(Denied, match="nobody sees any rating"):
        look(desk.ed, rated)
    run.work(rated.runs.latest("pk").pk, lambda *_: None, at=lambda: now)
    look(desk.ed, rated)
    take_along(desk.ed, rated)

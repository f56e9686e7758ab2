"""Claims, notice, silence, refusal, plan: each step, and what nobody can do."""

import tomllib
from datetime import timedelta

import pytest
from django.core import mail
from tests.desk.reviews.conftest import CLAIM

from plainview.core.dossier.dossier import Kind as CoreKind
from plainview.core.mendable import Mendable
from plainview.desk.reviews import (
    begin,
    export,
    intake,
    notice,
    plan,
    receive,
    seats,
    sheets,
    stage,
    store,
    toml,
)
from plainview.desk.reviews.forms import PlanForm
from plainview.desk.reviews.models import MAY_FOLLOW, Asked, Claim, Kind, Notice, Plan, Stage
from plainview.desk.reviews.turn import ASKED_OF, Whose, turn
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def test_every_stage_says_what_may_follow_and_whose_turn_it_is():
    assert set(MAY_FOLLOW) == set(Stage) == set(ASKED_OF)


def test_our_kinds_are_the_cores():
    assert {kind.value for kind in Kind} == {kind.value for kind in CoreKind}


def test_a_step_that_may_not_follow_is_refused(steps, desk, now):
    with pytest.raises(Denied):
        stage.move(steps.at_intake(), to=Stage.PUBLISHED, by=desk.cora, at=now, why="")


# --- claims ------------------------------------------------------------------------------------------------


def test_a_claim_stands_in_its_row_and_in_product_toml(steps):
    review = steps.at_intake()
    said = sheets.read(review, sheets.PRODUCT)["claim"][0]
    row = Claim.objects.get(review=review)
    assert said["form"] == {
        **{name: CLAIM[name] for name in ("loop", "reacts_to", "changes", "how_fast", "who_decides")},
        "kind": CLAIM["changing"],
    }
    assert intake.row_of(said, 1) == {name: getattr(row, name) for name in intake.row_of(said, 1)}


def test_a_changed_claim_keeps_what_no_form_shows(steps, desk, now):
    review = steps.at_intake()
    text = sheets.text(review, sheets.PRODUCT) + '\n[ownership]\nowner = "A fund"\nsince = 2020-01-02\n'
    intake.write_text(review, text, by=desk.cora, at=now)
    intake.write_claim(review, "adapts", CLAIM | {"says": "It adapts."}, by=desk.cora, at=now, was="adapts")
    said = sheets.read(review, sheets.PRODUCT)
    assert said["ownership"] == tomllib.loads('owner = "A fund"\nsince = 2020-01-02')
    assert review.claims.get().says == "It adapts."


def test_two_claims_of_one_name_are_refused(steps, desk, now):
    review = steps.at_intake()
    with pytest.raises(Mendable, match="more than once"):
        intake.write_claim(review, "adapts", CLAIM, by=desk.cora, at=now)
    assert review.claims.count() == 1


def test_faults_of_the_sheet_are_told_by_line_and_change_nothing(client, steps, desk):
    review = steps.at_intake()
    before = sheets.text(review, sheets.PRODUCT)
    client.force_login(desk.cora)
    answer = client.post(
        f"/desk/reviews/{review.pk}/product/", {"text": "name = 3\nvendor = 'V'\nversion = '1'\n"}
    )
    assert answer.status_code == 422
    assert "product.toml, line 1" in answer.content.decode()
    assert sheets.text(review, sheets.PRODUCT) == before


def test_lines_end_as_in_a_file_though_a_browser_sends_another_end(client, steps, desk):
    review = steps.at_intake()
    client.force_login(desk.cora)
    text = sheets.text(review, sheets.PRODUCT)
    client.post(f"/desk/reviews/{review.pk}/product/", {"text": text.replace("\n", "\r\n")})
    assert sheets.text(review, sheets.PRODUCT) == text


def test_after_the_plan_is_frozen_no_claim_changes(steps, desk, now):
    review = steps.planned()
    with pytest.raises(Denied, match="frozen"):
        intake.write_claim(review, "new", CLAIM, by=desk.cora, at=now)


def test_toml_is_written_so_that_it_reads_the_same():
    said = tomllib.loads(
        'a = "x\\u007f\\n\\"\\\\"\nb = [1, 2.5, true]\n"odd key" = 2026-01-02\n'
        "[t]\nx = 1\n[t.u]\ny = { z = [ { q = 1 }, 2 ] }\n"
        "[[l]]\nn = 1\n[[l.m]]\nk = 2\n[[l]]\nn = 3\n"
    )
    assert tomllib.loads(toml.written(said)) == said


# --- the vendor --------------------------------------------------------------------------------------------


def test_a_notice_moves_the_review_and_goes_to_each_contact(steps, desk):
    Person.objects.filter(pk=desk.vic.pk).update(email="vic@acme.example")
    review = steps.noticed()
    assert review.stage == Stage.NOTICED
    steps.work()
    (sent,) = mail.outbox
    assert (sent.to, sent.body) == (["vic@acme.example"], "Dear Acme")
    assert Notice.objects.get().mailed_to == 1


def test_silence_turns_by_the_clock_alone(steps, now):
    review = steps.noticed()
    due_on = (now + timedelta(days=30)).date()
    before, after = due_on, due_on + timedelta(days=1)
    assert turn(review, on=before).whose == Whose.VENDOR
    assert turn(review, on=after).whose == Whose.CHAIR
    assert notice.refusals(review, on=before) == []
    assert [one["silent_since"] for one in notice.refusals(review, on=after)] == [due_on, due_on]
    assert set(Asked.objects.values_list("came", flat=True)) == {""}


def test_a_refusal_has_its_day_and_the_vendors_words(steps, desk, now, client):
    review = steps.noticed()
    asked = review.asked.get(kind="log")
    client.force_login(desk.vic)
    assert client.post(f"/desk/asked/{asked.pk}/refuse/", {"says": "A <b>secret</b>."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.came, asked.says, asked.noted_by) == (Asked.Came.REFUSED, "A <b>secret</b>.", desk.vic)
    page = client.get(f"/desk/reviews/{review.pk}/").content.decode()
    assert "A &lt;b&gt;secret&lt;/b&gt;." in page
    assert client.post(f"/desk/asked/{asked.pk}/refuse/", {"says": "again"}).status_code == 403


def test_what_was_refused_stays_refused_though_a_file_comes_later(steps, desk, now):
    review = steps.noticed()
    notice.refuse(review.asked.get(kind="log"), says="No.", by=desk.vic, at=now)
    receive.receive(review, name="log.csv", kept=store.keep([b"x"]), by=desk.vic, at=now)
    assert review.asked.get(kind="log").came == Asked.Came.REFUSED


def test_another_vendor_finds_nothing(steps, desk, client):
    review = steps.noticed()
    client.force_login(desk.val)
    asked = review.asked.first()
    assert client.post(f"/desk/asked/{asked.pk}/refuse/", {"says": "x"}).status_code == 404
    assert client.get(f"/desk/reviews/{review.pk}/letters/{review.notices.get().pk}/").status_code == 404


def test_a_day_that_has_passed_is_no_day_to_answer_by(steps, desk, now):
    with pytest.raises(Denied):
        notice.send(steps.at_intake(), wanted=[], due_on=now.date(), letter="x", by=desk.cora, at=now)


def test_the_letter_is_written_from_what_is_ticked(client, steps, desk):
    review = steps.at_intake()
    client.force_login(desk.cora)
    page = f"/desk/reviews/{review.pk}/notice/"
    assert "It adapts to every child." in client.get(page).content.decode()
    said = {"due_on": "2030-01-02", "letter": "x", "ask_contract": "on", "what_log": "all of spring"}
    anew = client.post(page, said | {"do": "letter"}).content.decode()
    assert "a contract" in anew
    assert "all of spring" in anew
    assert client.post(page, said | {"do": "send"}).status_code == 302
    assert set(review.asked.values_list("kind", flat=True)) == {"contract", "log"}


def test_a_seat_is_for_a_vendors_account_and_for_one_vendor(desk, now):
    with pytest.raises(Denied):
        seats.give(desk.acme, desk.ed, by=desk.cora, at=now)
    with pytest.raises(Denied):
        seats.give(desk.acme, desk.val, by=desk.cora, at=now)
    with pytest.raises(Denied):
        seats.give(desk.acme, desk.vic, by=desk.vic, at=now)


# --- the plan ----------------------------------------------------------------------------------------------


def test_a_frozen_plan_is_locked_as_the_command_line_would(steps, tmp_path):
    from plainview.core.dossier.folder import open_dossier

    review = steps.planned()
    export.folder(review, tmp_path / "dossier")
    found = open_dossier(tmp_path / "dossier", aside=tmp_path / "aside").plan
    assert found.is_as_frozen
    assert found.frozen_sha256 == review.frozen_plan.sha256
    assert found.opened_before == ()
    assert "[[unopened]]" in review.frozen_plan.lock


def test_what_was_opened_before_stands_in_the_lock(steps, desk, now):
    review = steps.with_a_log()
    receive.look(review.exhibits.get(), by=desk.cora, at=now)
    plan.write(review, seed=1, draws=999, checks=[], bounds={}, why="", by=desk.cora, at=now)
    plan.freeze(review, by=desk.cora, at=now)
    assert review.frozen_plan.opened_before == ["exhibits/log.csv"]


def test_nobody_changes_a_frozen_plan(client, steps, desk, now):
    review = steps.planned()
    before = review.frozen_plan.text
    said = {"seed": 8, "draws": 999, "bounds": "", "why": ""}
    for who, status in [(desk.cora, 403), (desk.vic, 403), (desk.val, 404), (desk.ed, 404), (desk.olu, 404)]:
        client.force_login(who)
        assert client.post(f"/desk/reviews/{review.pk}/plan/", said).status_code == status, who
    with pytest.raises(Denied):
        plan.freeze(review, by=desk.cora, at=now)
    assert Plan.objects.get(review=review).text == before


def test_after_a_new_exhibit_a_new_plan_is_written_beside_the_old(steps, desk, now):
    review = steps.planned()
    receive.receive(review, name="more.csv", kept=store.keep([b"x"]), by=desk.cora, at=now)
    assert review.stage == Stage.GATHERING
    plan.write(review, seed=8, draws=999, checks=[], bounds={}, why="More came.", by=desk.cora, at=now)
    plan.freeze(review, by=desk.cora, at=now)
    assert [one.number for one in review.plans.exclude(frozen_at=None).order_by("number")] == [1, 2]


def test_a_plan_of_unknown_checks_is_refused(steps, desk, now):
    with pytest.raises(Mendable, match="expected one that there is"):
        plan.write(
            steps.gathering(),
            seed=1,
            draws=999,
            checks=["adaptivity.magic"],
            bounds={},
            why="",
            by=desk.cora,
            at=now,
        )


def test_the_plans_form_writes_plan_toml(client, steps, desk):
    review = steps.gathering()
    client.force_login(desk.cora)
    page = f"/desk/reviews/{review.pk}/plan/"
    said = {
        "seed": "20260101",
        "draws": "1999",
        "checks": ["adaptivity.log_test", "fairness.abroca"],
        "bounds": "adaptivity.log_test bound 0.02\n",
        "why": "A step of two hundredths is seen by nobody.",
    }
    assert client.get(page).status_code == 200
    assert client.post(page, said).status_code == 302
    assert tomllib.loads(review.plan.text) == {
        "seed": 20260101,
        "draws": 1999,
        "checks": ["adaptivity.log_test", "fairness.abroca"],
        "why": said["why"],
        "bounds": {"adaptivity.log_test": {"bound": 0.02}},
    }
    assert "adaptivity.log_test bound 0.02" in client.get(page).content.decode()
    assert client.post(page, said | {"bounds": "nonsense"}).status_code == 422


def test_every_check_has_a_box():
    questions = [key for key, *_rest in PlanForm().by_question()]
    assert questions == ["adaptivity", "efficacy", "fairness", "soundness", "exposure"]


def test_a_plan_without_a_claim_is_not_frozen(desk, now):
    review = begin.begin(product=desk.fractal, version="3", by=desk.cora, at=now, why="x")
    notice.begin_gathering(review, by=desk.cora, at=now, why="Public papers alone.")
    plan.write(review, seed=1, draws=999, checks=[], bounds={}, why="", by=desk.cora, at=now)
    with pytest.raises(Denied, match="no claim"):
        plan.freeze(review, by=desk.cora, at=now)

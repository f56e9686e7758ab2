"""What data leaves? (This page of the manual is made from these tests.)"""

import json
from dataclasses import asdict

import pytest
from tests.core.audit.exposure.made import CAPTURE, dossier
from tests.core.audit.exposure.wrapped import entry

from plainview.core.audit.exposure import ask
from plainview.core.audit.exposure.checks import CHECKS
from plainview.core.audit.exposure.scripts import _FONTS as FONTS
from plainview.core.cannot_say import CannotSay

DECLARED = {
    "domains": ["school.example"],
    "subprocessor": [{"name": "Mail Co", "domains": ["mailco.example"], "elements": ["e-mail address"]}],
    "data": [{"element": "e-mail address"}, {"element": "work e-mail"}],
}


def asked(name, made):
    return getattr(ask, name)(made, lambda *_: None)


def pixel(file):
    """Meta's pixel with a hashed e-mail address, as its "advanced matching" sends it."""
    if not file.startswith("s1"):
        return []
    import hashlib

    hashed = hashlib.sha256(b"zofia.q7f3@canary.example").hexdigest()
    url = f"https://www.facebook.com/tr/?id=99&ev=SubscribedButtonClick&cd[buttonText]=HAND%20IN&udff[em]={hashed}"
    return [entry(f"{url}&dl=https%3A%2F%2Fapp.school.example%2Fquiz%3Fq%3D1")]


def test_every_line_of_the_catalogue_has_an_answer(tmp_path):
    made = dossier(tmp_path)
    for check in CHECKS:
        for answer in check.ask(made, lambda *_: None):
            assert answer.check == check.name


def test_without_a_capture_nothing_can_be_said(tmp_path):
    made = dossier(tmp_path, capture="")
    empty = type(made)(**{**{f: getattr(made, f) for f in made.__dataclass_fields__}, "exhibits": ()})
    for check in CHECKS:
        assert all(isinstance(answer, CannotSay) for answer in check.ask(empty, lambda *_: None)), check.name


def test_a_hashed_address_that_reaches_an_advertiser_is_red_and_is_named_not_shown(tmp_path):
    """Whoever holds the address can make the same hash: it is the address in other clothes."""
    made = dossier(tmp_path, more=pixel, said=DECLARED)
    leaks, light = asked("leaks", made), asked("light", made)
    assert (leaks.answer, light.answer) == ("reaches trackers", "red")
    assert leaks.sentence == "E-mail address reached Meta (Facebook)."
    assert "the made-up student's e-mail address reached Meta (Facebook)" in light.sentence
    shown = json.dumps([asdict(leaks), asdict(light)], default=str)
    for secret in ("zofia", "Quillfeather", "9f3", "bram.k2x9"):
        assert secret.lower() not in shown.lower() or secret == "9f3"


def test_the_pixel_says_which_event_and_which_button(tmp_path):
    found = asked("pixels", dossier(tmp_path, more=pixel))
    assert found.answer == "events sent"
    row = found.tables[0].rows[0]
    assert row[:6] == (
        "Meta pixel", "99", "SubscribedButtonClick", "HAND IN", "https://app.school.example/quiz", "udff[em]",
    )  # fmt: skip


def test_green_is_said_only_for_what_was_tried(tmp_path):
    found = asked("light", dossier(tmp_path, said=DECLARED))
    assert found.answer == "green for what was tried"
    tried = dict(found.tables[1].rows)
    assert tried["made-up values typed"] == "4" and tried["of them seen to leave the browser"] == "4"
    assert tried["not tried"] == "messages"


def test_a_company_that_nobody_declared_is_amber(tmp_path):
    made = dossier(tmp_path, more=lambda file: [entry("https://x.unheard.example/a")], said=DECLARED)
    assert asked("light", made).answer == "amber"
    assert asked("parties", made).effect.value == 1


def test_a_request_that_is_not_encrypted_is_amber(tmp_path):
    made = dossier(tmp_path, more=lambda file: [entry("http://app.school.example/a")], said=DECLARED)
    assert asked("light", made).answer == "amber"


def test_without_what_was_typed_green_is_not_said(tmp_path):
    made = dossier(tmp_path, capture="", said=DECLARED)
    assert isinstance(asked("light", made), CannotSay)
    assert isinstance(asked("leaks", made), CannotSay)


def cookie(value, *, days=400, name="uid"):
    line = f"{name}={value}; Max-Age={int(days * 86400)}; Domain=.tracker.example"
    response = {"status": 200, "headers": [{"name": "Set-Cookie", "value": line}], "content": {}}
    return entry("https://t.tracker.example/p", response=response)


@pytest.mark.parametrize(
    "value, days, answer",
    [
        (lambda file: f"abcdef-{file[:2]}", 400, "names her to others"),  # the same in both passes
        (lambda file: f"abcdef-{file}", 400, "names her to others"),  # until it is cleared
        (lambda file: f"abcdef-{file[:2]}", 89, "none seen"),  # too short a life
        (lambda file: "abcdefghij", 400, "none seen"),  # the same for all students
        (lambda file: f"ab{file[:2]}", 400, "none seen"),  # too few signs
        (lambda file: file[:2] + "x" * 100, 400, "none seen"),  # too many
    ],
)
def test_a_cookie_names_a_browser_if_it_lasts_and_differs(tmp_path, value, days, answer):
    made = dossier(tmp_path, more=lambda file: [cookie(value(file), days=days)])
    assert asked("identifiers", made).answer == answer


def test_captures_without_cookies_do_not_show_that_no_cookie_names_a_browser(tmp_path):
    """Browsers take cookies out when they write a capture, unless they are asked not to."""
    found = asked("identifiers", dossier(tmp_path))
    assert isinstance(found, CannotSay) and "hold no cookies" in found.reason
    light = asked("light", dossier(tmp_path / "declared", said=DECLARED))
    assert light.sentence.endswith(
        "Whether a cookie names the browser of the made-up student could not be seen."
    )


def test_one_student_shows_no_name_and_cookies_of_one_student_neither(tmp_path):
    one = CAPTURE.replace('name = "student 2"\nrole = "student"', 'name = "student 2"\nrole = "teacher"')
    assert isinstance(asked("identifiers", dossier(tmp_path / "one", capture=one)), CannotSay)
    only = lambda file: [cookie("abcdefghij")] if file.startswith("s1") else []  # noqa: E731
    found = asked("identifiers", dossier(tmp_path / "two", more=only))
    assert isinstance(found, CannotSay) and "one student only" in found.reason


def test_cookies_that_were_only_sent_say_nothing_of_how_long_they_live(tmp_path):
    sent = lambda file: [  # noqa: E731
        entry("https://t.tracker.example/p", cookies=[{"name": "uid", "value": f"abcdef-{file}"}])
    ]
    found = asked("identifiers", dossier(tmp_path / "only", more=sent))
    assert isinstance(found, CannotSay) and "how long they live" in found.reason
    both = lambda file: [*sent(file), cookie("abcdefghij", name="lasting")]  # noqa: E731
    found = asked("identifiers", dossier(tmp_path / "both", more=both))
    assert found.answer == "none seen"
    assert any(one.startswith("1 of 2 cookies was only sent") for one in found.said)


def test_a_store_that_was_read_and_is_empty_shows_that_there_are_no_cookies(tmp_path):
    made = dossier(tmp_path)
    for exhibit in made.exhibits:
        if exhibit.path.suffix == ".har":
            said = json.loads(exhibit.path.read_text())
            said["log"]["_plainview"] = {"cookies": []}
            exhibit.path.write_text(json.dumps(said))
    assert asked("identifiers", made).answer == "none seen"


BROWSER_NAMES = [
    ("https://www.facebook.com/tr/?id=9&ev=PageView&fbp=fb.1.1700083128368.107390013", "fbp", "Meta"),
    ("https://www.google-analytics.com/g/collect?en=page_view&cid=990.17", "cid", "Google"),
    ("https://bat.bing.com/action/0?evt=pageLoad&ti=1&vid=8f762e20", "vid", "Microsoft"),
]


@pytest.mark.parametrize("url, name, company", BROWSER_NAMES)
def test_a_value_by_which_an_advertiser_tells_the_browser_again_is_red(tmp_path, url, name, company):
    """No second student is needed: the company's own pages say what it is."""
    made = dossier(tmp_path, more=lambda file: [entry(url)], said=DECLARED)
    light, pixels = asked("light", made), asked("pixels", made)
    assert light.answer == "red" and name in light.sentence and company in light.sentence
    assert pixels.tables[0].rows[0][6] == name and "name the browser by" in pixels.sentence


def test_an_event_without_such_a_value_is_not_red_for_it(tmp_path):
    plain = "https://www.facebook.com/tr/?id=9&ev=PageView"
    made = dossier(tmp_path, more=lambda file: [entry(plain)], said=DECLARED)
    assert asked("light", made).answer == "amber"


def test_a_value_that_changes_within_a_pass_is_no_name(tmp_path):
    made = dossier(tmp_path, more=lambda file: [cookie(f"abcdef-{file}"), cookie(f"ghijkl-{file}")])
    assert asked("identifiers", made).answer == "none seen"


def test_a_cookie_of_the_product_whose_value_goes_to_others_is_known_to_them(tmp_path):
    def more(file):
        line = f"id=GA1.1.998877{ord(file[1])}.1700000000; Max-Age=63072000"
        own = entry(
            "https://app.school.example/a",
            response={"status": 200, "headers": [{"name": "set-cookie", "value": line}], "content": {}},
        )
        return [
            own,
            entry(f"https://www.google-analytics.com/g/collect?cid=998877{ord(file[1])}.1700000000&en=x"),
        ]

    found = asked("identifiers", dossier(tmp_path, more=more))
    assert found.answer == "names her to others"
    assert found.tables[0].rows[0][5] == "google-analytics.com"


def test_three_records_are_held_against_each_other_and_each_mismatch_has_its_request(tmp_path):
    def more(file):
        return [
            entry("https://api.mailco.example/in?n=Zofia%20Quillfeather"),
            entry("https://x.unheard.example/a?m=bram.k2x9@canary.example"),
            entry("https://securepubads.g.doubleclick.net/x"),
        ]

    policy = b"We never show advertising.\nWe do not share  personal data."
    statements = """
[[statement]]
says = "no advertising"
quote = "We never show advertising."
denies = ["advertising"]
[[statement]]
says = "no selling"
quote = "We do not sell data."
denies = ["brokers"]
"""
    made = dossier(
        tmp_path, more=more, said=DECLARED, files={"policy.md": policy}, capture=statements + CAPTURE
    )
    found = asked("reconcile", made)
    assert found.answer == "they differ"
    kinds = [row[1] for row in found.tables[0].rows]
    assert kinds.count("a recipient that nobody declared") == 2
    assert "data that the contract does not list" in kinds
    assert "data that a declared recipient was not to have" in kinds
    assert "traffic that the policy says there is not" in kinds
    assert "a statement that the policy's text does not hold" in kinds
    assert [row[0] for row in found.tables[0].rows] == list(range(1, len(kinds) + 1))
    assert all("request" in row[4] for row in found.tables[0].rows if row[3])
    assert "zofia" not in json.dumps(asdict(found), default=str).lower()


def test_a_list_given_at_run_time_names_trackers(tmp_path):
    made = dossier(
        tmp_path,
        more=lambda file: [entry("https://x.unheard.example/a")],
        files={"trackers.txt": b"! a list\n||unheard.example^$third-party\n"},
    )
    found = asked("trackers", made)
    assert found.answer == "trackers seen"
    assert found.tables[0].rows[0][-1] == "trackers.txt: ||unheard.example^$third-party"


def test_a_film_of_the_page_is_red(tmp_path):
    film = json.dumps({"events": [{"type": 3, "data": {"source": 2, "x": 10}, "timestamp": 1}]})
    made = dossier(
        tmp_path,
        more=lambda file: [
            entry("https://app.school.example/r", method="POST", postData={"mimeType": "x", "text": film})
        ],
    )
    assert asked("scripts", made).answer == "filmed"
    assert asked("light", made).answer == "red"


def test_rights_are_held_to_their_clocks(tmp_path):
    rights = b"""
as_of = 2026-06-01
[[right]]
right = "access"
asked_on = 2026-01-01
answered_on = 2026-01-20
days_allowed = 45
[[right]]
right = "deletion"
asked_on = 2026-01-01
days_allowed = 45
[[right]]
right = "export"
asked_on = 2026-05-20
days_allowed = 45
"""
    found = asked("rights", dossier(tmp_path, files={"rights.toml": rights}))
    assert found.answer == "not in time"
    assert [row[5] for row in found.tables[0].rows] == ["in time", "unanswered", "still running"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('asked_on = 2026-01-01\noutcome = "complete"', "is written down as complete, and no day on which"),
        ('asked_on = 2026-01-01\noutcome = "Incomplete"', "is written down as incomplete, and no day"),
        ('asked_on = 2026-01-01\nanswered_on = "soon"', "found 'soon' as the day of the answer"),
        ('asked_on = "2026-02-31"', "names no day of the calendar on which it was asked"),
        ('asked_on = 2026-01-01\ndays_allowed = "many"', "found 'many' days allowed"),
        ("asked_on = 2026-02-01\nanswered_on = 2026-01-01", "was answered before it was asked"),
    ],
)
def test_a_request_that_contradicts_itself_is_told_so_and_not_as_unanswered(tmp_path, lines, said):
    rights = f'as_of = 2026-06-01\n[[right]]\nright = "access"\n{lines}\n'.encode()
    found = asked("rights", dossier(tmp_path, files={"rights.toml": rights}))
    assert (found.answer, found.tables[0].rows[0][5]) == ("cannot be read", "cannot be read")
    assert said in found.said[0] and found.said[0].startswith("the request for access")


def test_a_table_whose_rows_stand_out_says_how_many(tmp_path):
    rows = "\n".join(["5,F,North,60"] * 12 + ["6,M,South,70"] * 11 + ["8,X,East,1"])
    table = f"grade,sex,school,points\n{rows}\n".encode()
    made = dossier(
        tmp_path, files={"table.csv": table}, settings={"table.csv": {"known": ["grade", "sex", "school"]}}
    )
    (found,) = asked("anonymity", made)
    assert (found.answer, found.effect.value, found.numbers[0].value) == ("rows stand out", 1, 1)


def test_broken_captures_are_told_and_the_rest_is_answered(tmp_path):
    made = dossier(tmp_path, more=pixel)
    broken = made.exhibits[4]
    broken.path.write_bytes(broken.path.read_bytes()[:-40])
    found = asked("parties", made)
    assert any("broken JSON" in said for said in found.said)
    assert found.answer == "others too"


def test_page_one_is_easy_to_read(tmp_path):
    for name in ("light", "leaks", "parties", "trackers", "pixels"):
        sentence = asked(name, dossier(tmp_path / name, more=pixel, said=DECLARED)).sentence
        assert max(len(part.split()) for part in sentence.split(". ")) <= 30, sentence


def script(text):
    content = {"mimeType": "text/javascript", "text": text}
    return entry("https://s.other.example/a.js", response={"status": 200, "headers": [], "content": content})


@pytest.mark.parametrize(
    "text, answer",
    [
        ("let x = 1; export const add = (a, b) => a + b;", "none seen"),
        ("c.fillStyle = '#f60'; c.fillText('x', 2, 15); return canvas.toDataURL();", "able to"),
        ("canvas.toDataURL();", "none seen"),  # a drawing that is saved
        ("el.style.font = f; el.offsetWidth; " + ", ".join(FONTS), "able to"),
        ("el.style.font = f; el.offsetWidth; " + ", ".join(FONTS[:5]), "none seen"),
    ],
)
def test_a_scripts_text_shows_what_it_is_able_to(tmp_path, text, answer):
    assert asked("scripts", dossier(tmp_path, more=lambda file: [script(text)])).answer == answer


def test_without_scripts_texts_nothing_is_said_of_scripts(tmp_path):
    assert isinstance(asked("scripts", dossier(tmp_path)), CannotSay)


def test_domains_are_understood_as_people_write_them(tmp_path):
    for written in (
        "school.example",
        "app.school.example",
        "https://www.school.example/start",
        "*.school.example",
    ):
        capture = CAPTURE.replace('["school.example"]', f'["{written}"]')
        assert asked("parties", dossier(tmp_path / written[:3], capture=capture)).answer == "only the product"


def test_canaries_of_nobody_in_particular_are_sought_too(tmp_path):
    capture = 'first_party = ["school.example"]\n[canaries]\n"e-mail" = "zofia.q7f3@canary.example"\n'
    assert asked("leaks", dossier(tmp_path, more=pixel, capture=capture)).answer == "reaches trackers"

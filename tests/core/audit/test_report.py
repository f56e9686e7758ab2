"""The report: claims first, then what was not tested, then evidence; plain words, nothing from outside."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.core.audit.conftest import EVIL, FOUND, answered, named
from tests.reading import grade

from plainview.core.audit.findings import versions
from plainview.core.audit.report.html import html
from plainview.core.audit.report.markdown import markdown
from plainview.core.audit.report.markup import inside, tag
from plainview.core.audit.report.numbers import cell, plain, range_of, value_of
from plainview.core.audit.report.page import page_of, page_one, plan_told
from plainview.core.audit.review import review
from plainview.core.dossier.dossier import Kind, Plan, Rating, Refusal
from plainview.core.finding import Number
from plainview.core.stats.interval import Interval

CLAIMS = {
    "adapts": ("adaptivity.log_test",),
    "works": ("efficacy.rating",),
    "fair": ("fairness.dif",),
    "private": ("exposure.canaries",),
}


@pytest.fixture
def page(dossier, catalogue):
    refused = Refusal(kind=Kind.STUDY, refused_on="2026-03-01", asked_on="2026-02-01", says="Not now.")
    ratings = [
        Rating(rater=rater, question=n, level=level, file="r.csv", line=None)
        for rater in "ABC"
        for n, level in ((5, 1), (12, 4), (8, 2))
    ]
    made = replace(dossier(**CLAIMS), refusals=(refused,), ratings=tuple(ratings))
    return page_of(review(made, checks=catalogue), made_with=versions(), at="2026-03-09")


def test_it_opens_with_how_the_claims_fared(page):
    assert page.opening == (
        "Four claims were looked at: one is supported, one is contradicted, one is still open "
        "and one could not be tested, as the vendor refused."
    )
    assert [str(one.verdict) for one in page.claims] == [
        "supported",
        "refused",
        "contradicted",
        "inconclusive",
    ]


def test_then_it_says_what_was_not_tested_and_why(page):
    told = {one.question: (one.sentence, one.reasons) for one in page.untested}
    assert told == {
        "efficacy": ("Its one check could not be answered.", ("The dossier holds no study.",)),
        "soundness": ("Its one check could not be answered.", told["soundness"][1]),
        "exposure": (
            "Its one check could not be answered.",
            ("exhibits/ana.har, line 3: found no JSON, expected a HAR.",),
        ),
    }
    assert "That is a mistake of Plainview's" in told["soundness"][1][0]


@pytest.mark.parametrize("written", [html, markdown])
def test_the_order_is_claims_untested_evidence_method(page, written):
    text = written(page)
    places = [
        text.index(words)
        for words in (
            "What we found about MathPath",
            "We say adapts",
            "What was not tested",
            "The evidence",
            "Does it really adapt?",
            "What experts said",
            "How this was done",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("written", [html, markdown])
def test_all_that_a_statistician_needs_stands_in_it(page, written):
    text = written(page)
    for needed in (
        *("9.1 in 100", "7 to 11", "150 students", "no value"),
        *("R up to .012 in 95 of 100 redrawn logs", "80 in 100 such logs would show R of .02"),
        *("what changes inside an item", "seed 7", "were left out", "By window", "docs/methods/made-up.md"),
        *(
            "0" * 64,
            "plainview verify FOLDER",
            "Benjamini",
            versions()["numpy"],
            "a study with a comparison group",
        ),
    ):
        assert needed in text.replace("\\", ""), needed


def test_what_no_claim_asked_for_stands_on_page_one_too(dossier, catalogue):
    page = page_of(review(dossier(works=("efficacy.rating",)), checks=catalogue), made_with=versions())
    assert [one.sentence for one in page.others] == ["One item is harder for some.", FOUND.sentence]
    assert "One item is harder for some." in page_one(page)
    assert page_of(review(dossier(), checks=catalogue), made_with=versions()).others == ()


def test_page_one_is_read_with_ease(page):
    """Grade 8 or below: a district officer understands it in two minutes, at 200 words a minute."""
    words = page_one(page)
    assert grade(words) <= 8
    assert len(words.split()) <= 400


class Seen(HTMLParser):
    """Which elements and addresses a page has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [
            value for name, value in attrs if name in ("src", "href", "action", "data", "xlink:href")
        ]
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_it_is_one_file_without_script_or_request(page):
    text = html(page)
    seen = Seen(text)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(seen.tags)
    assert all(address.startswith("#") for address in seen.addresses) and seen.addresses
    assert not re.search(r"@import|url\(", text)
    assert seen.open == []


def test_a_link_leads_to_its_evidence(page):
    text = html(page)
    for address in Seen(text).addresses:
        assert text.count(f'id="{address[1:]}"') == 1


def test_whatever_a_vendor_writes_is_words(dossier, catalogue):
    evil = replace(
        FOUND, sentence=EVIL, answer=EVIL, not_seen=EVIL, said=(EVIL,), numbers=(Number(name=EVIL, value=1),)
    )
    checks = {"fairness.dif/1": named("fairness.dif/1", EVIL, answered(evil))}
    made = dossier(adapts=("fairness.dif",))
    made = replace(
        made, product=replace(made.product, name=EVIL, vendor=EVIL, said={"about": EVIL}), told=(EVIL,)
    )
    page = page_of(review(made, checks=checks), made_with={"plainview": EVIL}, at=EVIL)
    text = html(page)
    assert "<script" not in text and text.count("</style>") == 1
    assert Seen(text).open == []
    quoted = re.sub(r"```.*?```", "", markdown(page), flags=re.S)
    assert re.findall(r"(?<!\\)[<`]", quoted) == []


def test_markup_lets_nothing_through_but_markup():
    assert tag("p", "<b>", class_="a&b", title=None) == '<p class="a&amp;b">&lt;b&gt;</p>'
    assert inside(["a", None, tag("br")]) == "a<br>"


@pytest.mark.parametrize(
    ("number", "value", "range_"),
    [
        (Number(name="", value=0.0912, unit="share", interval=Interval(low=0.07, high=0.11, level=0.95)),
         "9.12 in 100", "7 to 11"),
        (Number(name="", value=-0.5, unit="points", interval=Interval(low=-1, high=0, level=0.9)),
         "−0.5 points", "−1 to 0 (90 %)"),
        (Number(name="", value=12345.6), "12,346", ""),
        (Number(name="", value=0.00001234), "1.2e-05", ""),
        (Number(name="", value=None, unit="share"), "no value", ""),
    ],
)  # fmt: skip
def test_a_number_is_told_as_people_read_it(number, value, range_):
    assert (value_of(number), range_of(number)) == (value, range_)


def test_cells_and_whole_numbers():
    assert [cell(one) for one in (None, "suppressed", 3, 3.0, 0.12345, True)] == [
        *("–", "suppressed", "3", "3", "0.123", "True"),
    ]
    assert plain(10**20) == "100,000,000,000,000,000,000"


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({"frozen_sha256": None, "is_as_frozen": False}, "was not frozen before the data were opened"),
        (
            {"frozen_sha256": "0", "is_as_frozen": True, "frozen_on": "2026-03-01"},
            "frozen on 1 March 2026, before Plainview opened any exhibit",
        ),
        ({"frozen_sha256": "0", "is_as_frozen": False}, "changed after it was frozen"),
        (
            {"frozen_sha256": "0", "is_as_frozen": True, "opened_before": ("exhibits/log.csv",)},
            "after these exhibits had been opened: exhibits/log.csv",
        ),
    ],
)
def test_it_says_whether_the_plan_came_before_the_data(plan, words):
    assert words in " ".join(plan_told(Plan(seed=1, draws=999, checks=(), bounds={}, **plan)))


def test_without_claims_the_findings_speak(dossier, catalogue):
    page = page_of(review(dossier(), checks=catalogue), made_with=versions())
    assert page.opening == "No claim was written down. Two of five checks could be answered."
    assert FOUND.sentence in page_one(page)


def test_where_all_is_answered_it_says_so(dossier):
    checks = {c.name: c for c in [named("adaptivity.x/1", "Is it?", answered(FOUND))]}
    page = page_of(review(dossier(), checks=checks), made_with=versions())
    assert [one.question for one in page.untested] == ["efficacy", "fairness", "soundness", "exposure"]
    assert {one.sentence for one in page.untested} == {"This was not asked."}

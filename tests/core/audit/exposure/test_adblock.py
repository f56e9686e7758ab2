"""Lists in Adblock syntax: the same requests are named as by another implementation."""

import json
from pathlib import Path

from plainview.core.audit.exposure.adblock import read_rules

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "references" / "adblock_by_brave.json").read_text(encoding="utf-8")
)


# Brave's engine minds a rule's letter case only in expressions, and reads no port in ``||host:port^``.
WE_DIFFER = ("/Pixel.$match-case", "||tracker.example:8443^")


def test_rules_name_the_requests_that_braves_engine_names():
    for rules, named in zip(REFERENCE["lists"], REFERENCE["named"], strict=True):
        if rules[0] in WE_DIFFER:
            continue
        ours = read_rules("\n".join(rules))
        found = [
            n
            for n, (page, kind, url) in enumerate(REFERENCE["requests"])
            if ours.blocks(url, page=page, resource=kind)
        ]
        assert found == named, (rules, REFERENCE["made_with"])


def test_what_names_no_request_is_passed_by_and_counted():
    text = (
        "[Adblock Plus 2.0]\n! "
        "words\nschool.example##.ad\n||a.example^$csp=script-src\n||b.example^$removeparam=x\n"
    )
    rules = read_rules(f"{text}||c.example^\n0.0.0.0 d.example\n")
    assert (rules.n_rules, rules.n_passed_by) == (2, 2)
    assert rules.blocks("https://d.example/x") == "0.0.0.0 d.example"
    assert rules.blocks("https://a.example/x") is None

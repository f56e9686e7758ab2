"""Makes adblock_by_brave.json: which rule names which request, by Brave's engine.

Run: python -m venv v && v/bin/pip install braveblock
     v/bin/python adblock_by_brave.py > adblock_by_brave.json
Each rule stands alone in its list, each pair of a rule and an exception in one.
"""

import json
import sys
from importlib.metadata import version

import braveblock

LISTS = [
    ["||tracker.example^"],
    ["||tracker.example^$third-party"],
    ["||tracker.example^$~third-party"],
    ["||tracker.example/pixel"],
    ["||tracker.example^$script"],
    ["||tracker.example^$image,script"],
    ["||tracker.example^$~image"],
    ["||tracker.example^$domain=school.example"],
    ["||tracker.example^$domain=~school.example"],
    ["||tracker.example^$domain=school.example|~app.school.example"],
    ["||example^"],
    ["|https://t.tracker.example/"],
    ["/pixel."],
    ["/pixel/*/event"],
    ["pixel"],
    ["/collect?"],
    ["/collect?*&uid="],
    ["&uid=*&e="],
    [".gif|"],
    [".gif^"],
    ["^uid^"],
    ["/ads-[0-9]+/"],
    ["||tracker.example^*/pixel"],
    ["||tracker.example:8443^"],
    ["@@||tracker.example^", "||tracker.example^"],
    ["@@||tracker.example/pixel", "||tracker.example^"],
    ["@@||tracker.example^$image", "||tracker.example^"],
    ["@@||tracker.example^", "||tracker.example^$important"],
    ["@@/pixel.gif", "||tracker.example^"],
    ["||TRACKER.example^"],
    ["/Pixel."],
    ["/Pixel.$match-case"],
    ["||tracker.example^$xmlhttprequest"],
    ["||tracker.example^$websocket"],
    ["||tracker.example^$ping"],
    ["||tracker.example^$3p,script"],
]
URLS = [
    "https://tracker.example/",
    "https://t.tracker.example/pixel.gif?uid=7",
    "https://t.tracker.example/pixel/a/event",
    "https://nottracker.example/pixel.gif",
    "https://tracker.example.org/pixel.js",
    "http://tracker.example:8443/collect?v=1&uid=3&e=4",
    "https://a.b.tracker.example/Pixel.PNG",
    "https://app.school.example/pixel.gif",
    "https://cdn.other.example/ads-12/x.js",
    "https://cdn.other.example/?u=https://tracker.example/",
]
PAGES = ["https://app.school.example/lesson", "https://www.tracker.example/home"]
KINDS = ["image", "script", "xmlhttprequest", "other"]


def main() -> None:
    """``named``: for each list, which of all requests (page by kind by address) it names."""
    requests = [(page, kind, url) for page in PAGES for kind in KINDS for url in URLS]
    named = []
    for rules in LISTS:
        engine = braveblock.Adblocker(rules=rules, include_easylist=False, include_easyprivacy=False)
        asked = (engine.check_network_urls(url=u, source_url=p, request_type=k) for p, k, u in requests)
        named.append([n for n, found in enumerate(asked) if found])
    made_with = f"braveblock {version('braveblock')}"
    sys.stdout.write(
        json.dumps({"made_with": made_with, "lists": LISTS, "requests": requests, "named": named}) + "\n"
    )


main()

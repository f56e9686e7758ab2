"""Lists of trackers in Adblock syntax, supplied at run time: which rule names a request?

In:   the text of a list; a request's address, the page it was sent from, its kind.
Out:  the rule that names it, or none; rules that are not understood, counted.
Not here: which lists. Their licences forbid us to bundle them; whoever reviews brings her own.

Understood: ``||domain^``, ``|begin``, ``end|``, ``*``, ``^``, ``/pattern/``, exceptions ``@@``, the options
third-party, 1p, 3p, domain=, from=, match-case, important, all, the kinds of resource, and their ``~``
opposites. Passed by: rules that hide elements (``##``), that rewrite or remove (csp, redirect, removeparam,
replace, header ...), and expressions that Python does not know. Checked against another implementation.

Source: Adblock Plus, "How to write filters" (help.adblockplus.org), and the uBlock Origin wiki on its syntax.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_KINDS = {
    "script": "script", "image": "image", "stylesheet": "stylesheet", "font": "font", "media": "media",
    "xmlhttprequest": "xhr", "xhr": "xhr", "fetch": "xhr", "subdocument": "document", "frame": "document",
    "document": "main", "doc": "main", "websocket": "websocket", "ping": "ping", "beacon": "ping",
    "object": "other", "other": "other", "popup": "other", "css": "stylesheet",
}  # fmt: skip
_OF_HAR = {
    "xmlhttprequest": "xhr",
    "fetch": "xhr",
    "eventsource": "xhr",
    "preflight": "other",
    "manifest": "other",
}
_WORD = re.compile(r"[a-z0-9%]{3,}")
_SEPARATOR = r"(?:[^A-Za-z0-9_.%-]|$)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    text: str
    pattern: re.Pattern[str]
    is_exception: bool = False
    is_important: bool = False
    third_party: bool | None = None  # None: either
    kinds: frozenset[str] = frozenset()  # empty: all
    not_kinds: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()
    not_domains: tuple[str, ...] = ()


@dataclass(slots=True)
class Rules:
    """A list, indexed by a word that each rule's addresses must hold."""

    by_word: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    everywhere: list[Rule] = field(default_factory=list)
    n_rules: int = 0
    n_passed_by: int = 0

    def blocks(self, url: str, *, page: str = "", resource: str = "") -> str | None:
        """The rule that names this request; None where none does, or an exception lets it through."""
        from plainview.core.audit.exposure.parties import host_of, registrable

        here, there = host_of(page), host_of(url)
        third = bool(here) and registrable(here) != registrable(there)
        kind = _OF_HAR.get(resource, resource)
        blocked, excepted = None, False
        for rule in self._candidates(url):
            if _applies(rule, url, third=third, kind=kind, here=here):
                if rule.is_important and not rule.is_exception:
                    return rule.text
                excepted = excepted or rule.is_exception
                blocked = blocked or (None if rule.is_exception else rule.text)
        return None if excepted else blocked

    def _candidates(self, url: str) -> Iterator[Rule]:
        for word in dict.fromkeys(_WORD.findall(url.lower())):
            yield from self.by_word.get(word, ())
        yield from self.everywhere


def read_rules(text: str) -> Rules:
    """Every rule of a list that names requests."""
    rules = Rules()
    for line in text.splitlines():
        line_text = line.strip()
        if not line_text or line_text.startswith(("!", "[")) or "##" in line_text or "#@#" in line_text:
            continue
        if "#?#" in line_text or "#$#" in line_text or "##^" in line_text:
            continue
        if (rule := _rule(line_text)) is None:
            rules.n_passed_by += 1
            continue
        rules.n_rules += 1
        word = _telling_word(line_text, rule)
        (rules.by_word[word] if word else rules.everywhere).append(rule)
    return rules


def _rule(text: str) -> Rule | None:
    body, is_exception = (text[2:], True) if text.startswith("@@") else (text, False)
    if _HOSTS_LINE.match(body):  # a list in the form of a hosts file
        body = f"||{body.split()[1]}^"
    pattern, options = _cut(body)
    said = _options(options)
    if said is None:
        return None
    match_case = said.pop("match_case", False)
    try:
        made = re.compile(_expression(pattern), 0 if match_case else re.IGNORECASE)
    except re.error:
        return None
    return Rule(text=text, pattern=made, is_exception=is_exception, **said)  # type: ignore[arg-type]


_HOSTS_LINE = re.compile(r"(?:0\.0\.0\.0|127\.0\.0\.1)\s+\S+$")


def _cut(body: str) -> tuple[str, Sequence[str]]:
    """Pattern and options. A dollar sign inside an expression is no option."""
    if len(body) > 1 and body.startswith("/") and body.endswith("/"):
        return body, ()
    at = body.rfind("$")
    if at < 0 or not re.fullmatch(r"[~\w=,|.*\-/:]+", body[at + 1 :]):
        return body, ()
    return body[:at], body[at + 1 :].split(",")


def _options(options: Sequence[str]) -> dict[str, object] | None:
    said: dict[str, object] = {}
    kinds: set[str] = set()
    not_kinds: set[str] = set()
    for option in options:
        name, _, value = option.strip().partition("=")
        plain = name.lstrip("~").lower()
        is_not = name.startswith("~")
        if plain in ("third-party", "3p"):
            said["third_party"] = not is_not
        elif plain in ("first-party", "1p"):
            said["third_party"] = is_not
        elif plain in ("domain", "from"):
            names = value.lower().split("|")
            said["domains"] = tuple(one for one in names if one and not one.startswith("~"))
            said["not_domains"] = tuple(one[1:] for one in names if one.startswith("~"))
        elif plain in _KINDS:
            (not_kinds if is_not else kinds).add(_KINDS[plain])
        elif plain == "match-case":
            said["match_case"] = True
        elif plain == "important":
            said["is_important"] = True
        elif plain != "all":
            return None
    return {**said, "kinds": frozenset(kinds), "not_kinds": frozenset(not_kinds)}


def _expression(pattern: str) -> str:
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        return pattern[1:-1]
    start, end = "", ""
    if pattern.startswith("||"):
        start, pattern = r"^[a-z][a-z0-9+.-]*://(?:[^/?#]*\.)?", pattern[2:]
    elif pattern.startswith("|"):
        start, pattern = "^", pattern[1:]
    if pattern.endswith("|"):
        end, pattern = "$", pattern[:-1]
    signs = (".*" if sign == "*" else _SEPARATOR if sign == "^" else re.escape(sign) for sign in pattern)
    return start + "".join(signs) + end


def _telling_word(text: str, rule: Rule) -> str:
    """The longest word that stands whole in every address the rule names."""
    pattern = _cut(text.removeprefix("@@"))[0].lower()
    if (pattern.startswith("/") and pattern.endswith("/")) or not pattern:
        return ""
    whole = [
        match[0]
        for match in _WORD.finditer(pattern)
        if _is_bounded(pattern, match.start() - 1) and _is_bounded(pattern, match.end())
    ]
    return max(whole, key=len, default="")


def _is_bounded(pattern: str, at: int) -> bool:
    """Beside a star, or at an open end, a word may go on in the address."""
    return 0 <= at < len(pattern) and pattern[at] != "*" and not pattern[at].isalnum() and pattern[at] != "%"


def _applies(rule: Rule, url: str, *, third: bool, kind: str, here: str) -> bool:
    if rule.third_party is not None and rule.third_party != third:
        return False
    if kind and rule.kinds and kind not in rule.kinds:
        return False
    if kind in rule.not_kinds:
        return False
    if rule.domains and not _is_below(here, rule.domains):
        return False
    if rule.not_domains and _is_below(here, rule.not_domains):
        return False
    return rule.pattern.search(url) is not None


def _is_below(host: str, domains: Sequence[str]) -> bool:
    return any(
        host == one or host.endswith(f".{one}") or (one.endswith(".*") and _has_name(host, one[:-2]))
        for one in domains
    )


def _has_name(host: str, name: str) -> bool:
    return f".{name}." in f".{host}."

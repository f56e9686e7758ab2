"""A code that a person copies by hand: on a slip of paper, or on the page after she told a story.

In:   chance; what somebody typed.
Out:  four groups of four, without letters that look like figures; its fingerprint.
Not here: who holds one.
"""

import hashlib
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another
GROUPS, A_GROUP = 4, 4


def draw() -> str:
    """About 78 bits: nobody finds one by trying."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def is_drawn(said: str) -> bool:
    """Written as ``draw`` writes one: what comes back from a page is anyone's."""
    groups = said.split("-")
    return len(groups) == GROUPS and all(len(one) == A_GROUP and set(one) <= set(LETTERS) for one in groups)


def fingerprint(kind: str, typed: str) -> str:
    """Kinds have fingerprints of their own: a code of one kind opens nothing of another."""
    return hashlib.sha256(f"{kind}\n{tidy(typed)}".encode()).hexdigest()


def tidy(typed: str) -> str:
    """As it was drawn, however it was typed."""
    return "".join(typed.upper().split()).replace("-", "")

"""A name that only the holder of the key can find the way back from.

In:   what someone or something is called here, and a key that stays in the building.
Out:  a pseudonym: the same for the same name and key, unlike any other, and not to be turned back.
Not here: the key. It is passed in, never made, never kept.
"""

import hmac
from base64 import b32encode
from hashlib import sha256

SHORTEST_KEY = 16
# 80 bits: among a million students, two alike are a chance of one in a trillion.
LETTERS = 16


def pseudonym(name: str, *, key: bytes, of: str = "student") -> str:
    """``of`` keeps student 7 and class 7 apart."""
    if len(key) < SHORTEST_KEY:
        raise ValueError(
            f"a key of {len(key)} bytes: expected at least {SHORTEST_KEY}, or it can be guessed."
        )
    digest = hmac.new(key, f"{of}\0{name}".encode(), sha256).digest()
    return b32encode(digest).decode("ascii")[:LETTERS].lower()

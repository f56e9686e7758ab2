"""`plainview recompute suggestion.json`: does this suggestion follow from its own inputs?

In:   a file that a school exported, or - for the standard input.
Out:  a sentence, or JSON; 0 if every byte comes out the same, 1 if not, 2 if the file is no suggestion.
Not here: how it is computed (core.rules.recompute). This asks and prints.
"""

import hashlib
import json
import sys
from argparse import Namespace
from pathlib import Path

from plainview.core.mendable import Mendable
from plainview.core.rules.recompute import Recomputed, recompute

SAME, DIFFERS, TO_MEND = 0, 1, 2


def answer(asked: Namespace) -> int:
    return run(asked.file, as_json=asked.json)


def run(name: str, *, as_json: bool) -> int:
    """Ask of one file; print the answer."""
    try:
        answer = recompute(_bytes(name), file="standard input" if name == "-" else name)
    except Mendable as fault:
        if not as_json:
            raise
        print(json.dumps({"same": None, "faults": list(fault.faults)}, ensure_ascii=False))
        return TO_MEND
    print(_for_programs(answer) if as_json else _for_people(answer))
    return SAME if answer.same else DIFFERS


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise Mendable(f"{name}: there is no such file.") from None
    except OSError as fault:
        raise Mendable(f"{name}: this file cannot be read ({fault.strerror}).") from None


def _for_people(answer: Recomputed) -> str:
    question = f"Does {answer.rule} suggest {answer.key} from the file's own inputs?"
    if not answer.same:
        return f"{question}\nNot as the file has it. {answer.difference}"
    versions = f"written by Plainview {answer.made_by}, computed again by {answer.here}"
    return f"{question}\nYes, byte for byte: {len(answer.was):,} bytes, {versions}."


def _for_programs(answer: Recomputed) -> str:
    return json.dumps(
        {
            "same": answer.same,
            "difference": answer.difference,
            "key": answer.key,
            "rule": answer.rule,
            "made_by": answer.made_by,
            "here": answer.here,
            "sha256_was": hashlib.sha256(answer.was).hexdigest(),
            "sha256_now": hashlib.sha256(answer.now).hexdigest() if answer.now else None,
        },
        ensure_ascii=False,
    )

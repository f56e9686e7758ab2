"""Words of the command line, each to the one function that answers it.

In:   arguments.
Out:  an exit code; what the reader can mend as a sentence, never a traceback.
Not here: answers. Whatever they need is imported when they are asked, so that --help is quick.
"""

import argparse
import sys
from collections.abc import Sequence

from plainview.cli import door
from plainview.core.mendable import Mendable

TO_MEND = 2
STOPPED = 130  # as shells have it for Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one line of the shell."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _answer(words)
    except Mendable as fault:
        print(fault, file=sys.stderr)
        return TO_MEND
    except KeyboardInterrupt:
        return STOPPED


def _answer(words: list[str]) -> int:
    # What follows a word of the site is the site's own: it has options that this shell does not know.
    if words and words[0] in door.COMMANDS:
        return door.run(words[0], words[1:])
    asked = _parser().parse_args(words)
    from plainview.cli import recompute  # only now: the core is not needed to say what there is

    return recompute.run(asked.file, as_json=asked.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plainview",
        description="Personalised learning in plain view: the teacher decides.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="command")
    asking = commands.add_parser(
        "recompute",
        help="does an exported suggestion follow from its own inputs?",
        description="Computes a suggestion again from its file alone, and compares every byte. "
        "Exit code: 0 the same, 1 not the same, 2 the file is no suggestion.",
    )
    asking.add_argument("file", help="a suggestion that was exported, or - for the standard input")
    asking.add_argument("--json", action="store_true", help="answer for a program")
    for word, (what, then) in door.COMMANDS.items():
        commands.add_parser(word, help=what + (f" ({' or '.join(then)})" if then else ""), add_help=False)
    return parser

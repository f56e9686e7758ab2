"""Words of the command line, each to the one function that answers it.

In:   arguments.
Out:  an exit code; what the reader can mend as a sentence, never a traceback.
Not here: answers. Whatever they need is imported when they are asked, so that --help is quick.
"""

import argparse
import os
import sys
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from plainview.cli import (
    amount,
    capture,
    door,
    dossier,
    each,
    log,
    one_thread,
    probe,
    question,
    review,
    simulate_study,
    stop,
    tutor,
    verify,
)
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
    except KeyboardInterrupt as stopped:
        return _stopped(str(stopped))
    except BrokenPipeError:
        # Whoever read along has seen enough (`| head`); what Python would still write has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except Exception:
        if stop.asked():  # a library made something else of it
            return _stopped("")
        raise


def _stopped(why: str) -> int:
    print(f"\nStopped: {why}." if why else "\nStopped.", file=sys.stderr)
    return STOPPED


def _answer(words: list[str]) -> int:
    if words[:2] == ["bench", "core"]:
        exit_of_bench: int = import_module("plainview.cli.bench.core").answer(words[2:])
        return exit_of_bench
    if words[:2] == ["bench", "review"]:
        exit_of_review: int = import_module("plainview.cli.bench.reviews").answer(words[2:])
        return exit_of_review
    if words[:2] == ["simulate", "product"]:
        exit_of_product: int = import_module("plainview.cli.simulate_product").answer(words[2:])
        return exit_of_product
    # What follows a word of the site is the site's own: it has options that this shell does not know.
    if words and words[0] in door.COMMANDS:
        return door.run(words[0], words[1:])
    parser, commands = _parser()
    if not words:
        print(_offer(commands))
        return TO_MEND
    if not words[0].startswith("-") and words[0] not in commands:
        raise Mendable(f"plainview {words[0]}: there is no such command.{_near(words[0], commands)}")
    asked = parser.parse_args(words)
    one_thread.unless_told()
    # Only now: the core is not needed to say what there is.
    module = {"merge": "each", "ask": "question"}.get(asked.command, asked.command)
    with stop.watched():
        exit_code: int = import_module(f"plainview.cli.{module}").answer(asked)
    return exit_code


def _offer(commands: Collection[str]) -> str:
    return (
        f"Say what plainview shall do, for instance `plainview demo`. It knows: {', '.join(commands)}.\n"
        "What each of them does: plainview --help"
    )


def _near(word: str, commands: Collection[str]) -> str:
    near = get_close_matches(word, commands, n=1)
    return f" Perhaps {near[0]}?" if near else f"\n{_offer(commands)}"


def _parser() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """The whole shell, and the words that may come first."""
    parser = argparse.ArgumentParser(
        prog="plainview",
        description="Personalised learning in plain view: the teacher decides.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="command", dest="command")
    asking = commands.add_parser(
        "recompute",
        help="does an exported suggestion follow from its own inputs?",
        description="Computes a suggestion again from its file alone, and compares every byte. "
        "Exit code: 0 the same, 1 not the same, 2 the file is no suggestion.",
    )
    asking.add_argument("file", help="a suggestion that was exported, or - for the standard input")
    asking.add_argument("--json", action="store_true", help="answer for a program")
    _add_fit(commands)
    _add_predict(commands)
    _add_simulate(commands)
    log.add_to(commands)
    each.add_to(commands)
    for room in (review, verify, question, dossier, probe, tutor, capture):
        room.add_to(commands)
    for word, (what, then) in door.COMMANDS.items():
        commands.add_parser(word, help=what + (f" ({' or '.join(then)})" if then else ""), add_help=False)
    return parser, list(commands.choices)


def _add_fit(commands: Any) -> None:
    asking = commands.add_parser(
        "fit",
        help="which model may speak for a learning log?",
        description="Predicts every student of a log by models that have not seen her, and names the "
        "simplest one within one standard error of the best. "
        "Exit code: 0 said, 2 something to mend, 3 cannot say.",
    )
    asking.add_argument(
        "log", help="a learning log: CSV, tab, Parquet, Arrow, JSON, a folder, or - for the standard input"
    )
    asking.add_argument("--model", action="append", metavar="NAME", help="only this one; may be repeated")
    asking.add_argument("--folds", type=int, default=5, help="groups of students (5)")
    asking.add_argument("--seed", type=int, default=1, help="deals students into folds (1)")
    asking.add_argument("--rows", type=int, metavar="N", help="most answers to compare with (2000000)")
    asking.add_argument("--format", help="whose log it is, where its header does not tell")
    asking.add_argument(
        "--mapping", metavar="FILE", help="TOML or JSON: which of its columns is which of ours"
    )
    asking.add_argument("--resume", metavar="FOLDER", help="keep finished folds here, and go on from them")
    asking.add_argument("--save", metavar="FILE", help="fit the chosen model to the whole log; write it here")
    asking.add_argument(
        "--items",
        metavar="MODEL",
        help="instead, what each item asks: rasch, 1pl, 2pl, 3pl, grm, gpcm or pcm of first attempts",
    )
    asking.add_argument(
        "--categories", type=int, metavar="N", help="of --items grm, gpcm, pcm: steps from wrong to right"
    )
    asking.add_argument(
        "--charts", metavar="FOLDER", help="write calibration and learning curves here, as SVG"
    )
    asking.add_argument(
        "--shard", metavar="I/N", help="of a log too large: only what knowledge tracing needs of this shard"
    )
    asking.add_argument(
        "-o", "--out", metavar="FILE", help="of --shard: the part to write, for `plainview merge`"
    )
    asking.add_argument("--json", action="store_true", help="answer for a program")


def _add_predict(commands: Any) -> None:
    asking = commands.add_parser(
        "predict",
        help="what a saved model says of a learning log",
        description="Foresees every answer of a log from the same student's earlier ones, by a model that "
        "`plainview fit --save` has written, and says how good that was. "
        "Exit code: 0 said, 2 something to mend.",
    )
    asking.add_argument("model", help="the file that `plainview fit --save` has written")
    asking.add_argument("log", help="a learning log of any format that is read here")
    asking.add_argument("-o", "--out", metavar="FILE", help="write a row an answer: .csv or .parquet")
    asking.add_argument("--format", help="whose log it is, where its header does not tell")
    asking.add_argument("--mapping", metavar="FILE", help="TOML or JSON: which column is which of ours")
    asking.add_argument("--json", action="store_true", help="answer for a program")


def _add_simulate(commands: Any) -> None:
    asking = commands.add_parser(
        "simulate",
        help="write a log, or a study, whose truth is known",
        description="Writes a learning log or a study, and beside it what was true of it, in files whose "
        "names begin with truth-of-: no dossier takes them for exhibits. The same words and seed write the "
        "same bytes. More of `product`: plainview simulate product --help.",
    )
    asking.add_argument(
        "model",
        choices=("irt", "bkt", "study", "product"),
        help="irt: ability and practice; bkt: known or not; study: a trial of a product; product: the log "
        "of a product of which it is known whether it adapts (plainview simulate product "
        "KIND OUT.csv --seed N)",
    )
    asking.add_argument("out", help="the file to write, for example out.csv")
    asking.add_argument("--students", type=amount.count, default=500, help="how many (500)")
    asking.add_argument("--items", type=amount.count, default=200, help="how many (200)")
    asking.add_argument("--skills", type=amount.count, default=10, help="how many (10)")
    asking.add_argument("--answers", type=amount.count, default=60, help="of each student, about (60)")
    asking.add_argument(
        "--missing", type=amount.share, default=0.0, help="share of answers that stay away (0)"
    )
    asking.add_argument(
        "--gap", type=amount.number, default=0.0, help="log-odds by which a group starts lower (0)"
    )
    asking.add_argument("--forgetting", action="store_true", help="what is learned is also forgotten")
    asking.add_argument("--seed", type=amount.seed, required=True, help="the same seed gives the same log")
    simulate_study.add_to(asking)

"""The script that `plainview capture` goes through: read, with a made-up value wherever none is given.

In:   a TOML file, a seed.
Out:  the script, whole; or every fault at once, by line.
Not here: the browser (capture).
"""

import json
import random
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from plainview.core.mendable import Mendable
from plainview.core.toml import toml_of

FIELDS = ("e-mail", "first name", "last name", "school", "student number")
PERSONS = ("student 1", "student 2", "teacher")
DOES = ("open", "fill", "type", "click", "press", "wait_for", "wait_ms")


def read_script(path: Path, *, seed: int) -> dict[str, Any]:
    """The script, with a made-up value for each field of each person that has none.

    Raises
    ------
    Mendable
        Every fault at once.
    """
    if not path.is_file():
        raise Mendable(f"{path}: there is no such file.")
    try:
        script = toml_of(path.read_text(encoding="utf-8-sig"), file=str(path))
    except UnicodeDecodeError:
        raise Mendable(f"{path}: found bytes that are not UTF-8, expected a file in UTF-8.") from None
    faults = _of_shape(script, path) or list(_faults(script, path.name))
    if faults:
        raise Mendable(*faults)
    chance = random.Random(seed)
    persons = script.get("person") or [
        {"name": name, "role": name.split()[0], "canary": {}} for name in PERSONS
    ]
    for person in persons:
        wanted = {name for step in script["step"] for name in step.get("fill", {}).values()}
        canary = dict(person.get("canary") or {})
        for field in (*FIELDS, *sorted(wanted - set(FIELDS))):
            canary.setdefault(field, made_up(field, chance))
        person["canary"] = canary
        person.setdefault("role", "student")
    return {**script, "person": persons}


def _of_shape(script: Mapping[str, Any], path: Path) -> list[str]:
    """Wrong kinds of values, and words that nobody knows: a step that is spelt otherwise would do nothing."""
    from plainview.core.dossier.shape import Shape  # only now: `plainview --help` needs none of it

    of = json.loads((resources.files(__package__) / "capture_script.schema.json").read_text(encoding="utf-8"))
    shape = Shape(script, of, file=path.name, text=path.read_text(encoding="utf-8-sig"))
    unknown = (one.replace("passed by, as it is", "found a word that is") for one in shape.unknown)
    return [*shape.faults, *(f"{one}." for one in unknown)]


def _faults(script: Mapping[str, Any], name: str) -> Iterator[str]:
    if not isinstance(script.get("start"), str):
        yield f"{name}: found no 'start', expected the address to begin at."
    steps = script.get("step")
    if not isinstance(steps, list) or not steps:
        yield f"{name}: found no [[step]], expected what each person does."
        return
    for number, step in enumerate(steps, start=1):
        if not isinstance(step, dict) or not any(word in step for word in DOES):
            yield f"{name}, step {number}: found nothing to do, expected one of {', '.join(DOES)}."
    for number, person in enumerate(script.get("person", ()), start=1):
        if not isinstance(person, dict) or not person.get("name"):
            yield f"{name}, person {number}: found no 'name', expected one."
    names = [person.get("name") for person in script.get("person", ())]
    for one in dict.fromkeys(one for one in names if one and names.count(one) > 1):
        yield f"{name}: found the person '{one}' more than once, expected each name once."


def made_up(field: str, chance: random.Random) -> str:
    """A value that stands nowhere else, and looks as the field wants it."""
    word = "".join(chance.choice(pair) for pair in ("bdfgklmprtvz", "aeiou") * 4).capitalize()
    digits = "".join(chance.choice("0123456789") for _ in range(6))
    if "mail" in field:
        return f"{word.lower()}.{digits[:4]}@canary.example"
    if "number" in field or field.endswith(" id"):
        return f"{word[:3].upper()}-{digits}-{word[-2:].upper()}"
    if "phone" in field:
        return f"+1 555 01{digits}"
    if "pass" in field:
        return f"{word}-{digits}-{word[::-1]}"
    return f"{word} {'School' if 'school' in field else ''}".strip()

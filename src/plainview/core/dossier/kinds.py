"""What an exhibit is, guessed from its name where nobody says it.

In:   a file's name.
Out:  its kind.
Not here: what is in it. A guess can be put right in exhibits/exhibits.toml.
"""

import re

from plainview.core.dossier.dossier import Kind

_PACKED = re.compile(r"\.(gz|bz2|zst|zip)$")
# The first that matches. A name may go on after the word: "log-2026.csv", "groups_autumn.csv".
_NAMES = (
    (r"\.groups?\.(csv|tsv|parquet)$", Kind.GROUPS),  # as `plainview simulate` names it beside a log
    (r"^capture.*\.toml$", Kind.CAPTURE),
    (r"\.har$", Kind.HAR),
    (r"^probe.*\.json$", Kind.PROBE),
    (r"^framework.*\.json$", Kind.FRAMEWORK),
    (r"^study.*\.(toml|csv|tsv|parquet|json)$", Kind.STUDY),
    (r"^groups?\b.*|^groups?_.*", Kind.GROUPS),
    (r"^responses?.*\.(csv|tsv|parquet)$", Kind.RESPONSES),
    (r"^items?.*\.(csv|tsv|parquet|json)$", Kind.ITEMS),
    (r"^scores?.*\.(csv|tsv|parquet)$", Kind.SCORES),
    (r"^(predictions?|decisions?).*\.(csv|tsv|parquet)$", Kind.PREDICTIONS),
    (r"^tables?.*\.(csv|tsv|parquet)$", Kind.TABLE),
    (r"^(learning-?)?logs?.*", Kind.LOG),
    (r"^policy.*|^privacy.*", Kind.POLICY),
    (r"^contract.*|^agreement.*", Kind.CONTRACT),
)


def guessed(name: str) -> Kind:
    """By the file's own name, in small letters, without what it was packed with."""
    plain = _PACKED.sub("", name.lower())
    return next((kind for pattern, kind in _NAMES if re.search(pattern, plain)), Kind.OTHER)

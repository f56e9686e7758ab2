"""What is computed of every group, as pure functions on tables.

In:   the attempts of some students, all of each one's, as a table.
Out:  a table; and from all such tables, one under the other, the answer.
Not here: who calls them, where, and how often (run).
"""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

Each = Callable[[pa.Table], pa.Table]
# Students done, students in all, what is under way: as the comparison of models tells it.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Both functions are pure: the same tables give the same tables, on any machine."""

    name: str  # with a version: parts of another version are not put together
    each: Each  # of one shard; it must be importable where it runs
    schema: pa.Schema  # of what ``each`` gives, whatever it was given
    together: Each  # of all shards' tables, one under the other in the order of shards
    about: str = ""  # what else the numbers rest on (a fit): parts of another are not put together

    def of(self, attempts: pa.Table) -> pa.Table:
        """``each``, held to its schema."""
        return self.each(attempts).select(self.schema.names).cast(self.schema)

"""Makes speed_and_pool.json: speededness and the use of a pool, counted student by student in plain loops.

Run: python speed_and_pool.py > speed_and_pool.json
"""

import json
import platform
import random
import sys
from itertools import combinations
from statistics import variance


def answers(rng: random.Random, n: int, k: int) -> list[list[float | None]]:
    made = []
    for _ in range(n):
        row: list[float | None] = [
            float(rng.random() < 0.6) if rng.random() < 0.95 else None for _ in range(k)
        ]
        stop = rng.randrange(k // 2, k + 1) if rng.random() < 0.3 else k
        made.append([value if j < stop else None for j, value in enumerate(row)])
    return made


def speed(rows: list[list[float | None]]) -> dict[str, object]:
    rows = [row for row in rows if any(value is not None for value in row)]
    k = len(rows[0])
    came = [max(j + 1 for j, value in enumerate(row) if value is not None) for row in rows]
    skipped = sum(row[j] is None for row, last in zip(rows, came, strict=True) for j in range(last))
    lost = [sum(value != 1 for value in row) for row in rows]
    return {
        "reach_last": sum(last == k for last in came),
        "reach_most": sum(last >= -(-3 * k // 4) for last in came),
        "by_item": [sum(last > j for last in came) / len(rows) for j in range(k)],
        "n_skipped": skipped,
        "ratio": variance(k - last for last in came) / variance(lost),
    }


def pool(rng: random.Random, n: int, names: list[str]) -> dict[str, object]:
    met = {s: sorted(rng.sample(names[: len(names) - 3], rng.randrange(2, 8))) for s in range(n)}
    pairs = list(combinations(met.values(), 2))
    mean = sum(map(len, met.values())) / n
    rates = {name: sum(name in items for items in met.values()) / n for name in names}
    even = sum(rates.values()) / len(names)
    return {
        "met": [[s, item] for s, items in met.items() for item in items],
        "names": names,
        "rates": rates,
        "overlap": sum(len(set(a) & set(b)) for a, b in pairs) / len(pairs) / mean,
        "uneven": sum((rate - even) ** 2 / even for rate in rates.values()),
    }


def main() -> None:
    rng = random.Random(11)
    rows = answers(rng, 60, 12)
    made = {"rows": rows, "speed": speed(rows), "pool": pool(rng, 40, [f"i{n}" for n in range(20)])}
    sys.stdout.write(
        json.dumps({"made_with": f"Python {platform.python_version()}, plain loops", **made}) + "\n"
    )


main()

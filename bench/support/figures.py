"""How figures are taken and printed: the same words for every benchmark."""

import statistics
import sys
import time
from collections.abc import Callable


def milliseconds(act: Callable[[], object], *, runs: int, warm_up: int = 3) -> list[float]:
    """Time `act` several times after a warm-up, in milliseconds, sorted."""
    for _ in range(warm_up):
        act()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def p50(times: list[float]) -> float:
    """The median."""
    return statistics.median(times)


def p95(times: list[float]) -> float:
    """The value that 95 % of the runs stay below."""
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


_past: list[str] = []


def show(name: str, value: float, unit: str, limit: float) -> None:
    """Print one figure beside its limit and remember the ones past it."""
    verdict = "within" if value <= limit else "PAST"
    if value > limit:
        _past.append(name)
    print(f"{name:<58} {value:>10.1f} {unit:<8} limit {limit:g} {unit} {verdict}", flush=True)


def close() -> None:
    """End the benchmark: exit code 1 when a figure was past its limit."""
    sys.exit(1 if _past else 0)

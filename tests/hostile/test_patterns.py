"""No pattern of ours takes more than linear time on text that was made to hold it up.

Every pattern that a module or a data file compiles is run over shapes that invite a pattern to try again and
again. Four times the text may cost about four times the work; the test allows far more, measures processor
time and takes the best of several runs, so that a busy machine does not fail it.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import ModuleType

import pytest

import classify
import corpus
import extract
import ingest
import ofsight
import reports

PACKAGES = (classify, corpus, extract, ingest, ofsight, reports)
FOREIGN = {"extract.tokens"}  # spaCy's rules for tokens, taken over as they are; tried on one word at a time
SHORT, LONG = 500, 2_000
QUICK = 0.005  # seconds: below this no ratio is worth a look
TRIES = 3  # a moment in which the machine is busy passes
MOST = 10  # times as long for four times the text; quadratic patterns take sixteen times
SHAPES = (
    "a", "A", "1", " ", "-", "(", "’", ",", "_",
    "1,", "1.", "1 ", "1-", "12,345 ", "1/1/", "1% ",
    "a ", "a, ", "Ab ", "A.", "one ", "two hundred ", "no ", "all of ", "of the ", "in the ", "and ", "to ",
    "(A) ", "12 of 25 ", "1 March ", "31 March 2014 to ", "2014", "2014–15 ", "children ", "children and ",
    "rate of ", "rose from ", "compared with ", "increase in ", "looked after ", "section 1, ", "aged 1 to ",
    "Council ", "\n", "1\n", " \n",
)  # fmt: skip


def modules() -> Iterator[ModuleType]:
    """Every module of every room of the house."""
    for package in PACKAGES:
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not info.name.endswith("__main__"):
                yield importlib.import_module(info.name)


def within(value: object, depth: int = 4) -> Iterator[re.Pattern[str]]:
    """The patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from within(getattr(value, field.name), depth - 1)
    elif depth and isinstance(value, dict):
        for item in value.values():
            yield from within(item, depth - 1)
    elif depth and isinstance(value, (tuple, list)):
        for item in value:
            yield from within(item, depth - 1)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern by where it was found: named in a module, or made from a data file by a loader."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        if module.__name__ in FOREIGN:
            continue
        for name, value in vars(module).items():
            if callable(value) and getattr(value, "__module__", None) != module.__name__:
                continue
            loads = name.lstrip("_").startswith(("load", "words")) and hasattr(value, "cache_info")
            for pattern in within(value() if loads and not value.__wrapped__.__code__.co_argcount else value):
                found.setdefault(pattern.pattern + str(pattern.flags), pattern)
    return found


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """The best of several searches through the whole text."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - began)
        if best < QUICK:
            break
    return best


def slow_shapes(pattern: re.Pattern[str]) -> list[str]:
    """The shapes on which four times the text costs far more than four times the time, again and again."""
    slow = []
    for shape in SHAPES:
        tried = [longer(pattern, shape)]
        while tried[-1] and len(tried) < TRIES:
            tried.append(longer(pattern, shape))
        if tried[-1]:
            slow.append(f"{shape!r}: {tried[-1]:.2f} s for {LONG} characters")
    return slow


def longer(pattern: re.Pattern[str], shape: str) -> float:
    """How long the long text took, where that is out of proportion; else 0."""
    long = seconds(pattern, shape * (LONG // len(shape)) + "!")
    if long <= QUICK:
        return 0.0
    return long if long > MOST * seconds(pattern, shape * (SHORT // len(shape)) + "!") else 0.0


def test_the_test_would_notice() -> None:
    assert slow_shapes(re.compile(r"(?:\w+\s)?increase"))


def test_patterns_of_modules_and_data_files_are_found() -> None:
    assert len(patterns()) > 300


@pytest.mark.parametrize("part", range(8))
def test_patterns_take_time_in_proportion_to_the_text(part: int) -> None:
    mine = list(patterns().values())[part::8]
    found = {pattern.pattern[:80]: slow for pattern in mine if (slow := slow_shapes(pattern))}
    assert not found, found

"""Which earlier value, and of which day, does a sentence of the area profile state?"""

import re
from dataclasses import dataclass
from typing import Final

from extract.indicators_rules import DATE, NUMBER, PERCENT, read_value
from extract.times import last_day

_FILLERS: Final = (
    r"(?:(?:the|an?|that|those|when|it|there|which|total|figure|number|level|of|was|were|stood|at|just|over|about"
    r"|approximately|around|reported|previous|previously|recorded|children|rate)\s){0,6}?"
)
_CHANGE: Final = (
    r"\b(?:increas\w*|reduc\w*|decreas\w*|ris(?:e|es|en|ing)|rose|fall\w*|fell|declin\w*|drop\w*|chang\w*|up|down"
    r"|growth|higher|lower|compar\w*|similar\w*|differ\w*)\b"
)
_EARLIER: Final = re.compile(
    rf"(?i){_CHANGE}[^.]{{0,60}}?\b(?:from|than|compared\s(?:to|with)|on|with|to)\s"
    rf"(?:_+,?\s)?{_FILLERS}(?P<value>{NUMBER})(?P<rest>.*)$"
)
_SAME: Final = re.compile(
    r"(?i)\b(?:the\ssame\b|unchanged|no\schange|identical|also\s(?:the\scase|true)|as\sit\swas)"
    r"(?![^.%]{0,40}\b(?:country|national|England)\b)(?P<rest>.*)$"
)
# "(396 at 31 March 2014)", "and none at 31 March 2014": a value with a day of its own.
_ADDED: Final = re.compile(
    rf"(?i)(?:\(|,\s|\sand\s)(?:[a-z]+\s){{0,3}}?(?P<value>{NUMBER})(?P<rest>[^()]{{0,45}}?\s(?:at|on|in|for|by)\s_{{4,}})"
)
# A sentence that only says that there was another value, or why none is printed.
_COMPARES: Final = re.compile(
    rf"(?i)(?:{_CHANGE}|\bfewer\b|\bmore\b|\bthe\ssame\b|\bin\sline\b|\bsuppress|\bunknown\b|\bnot\s(?:known|available|published|recorded)"
    r"|\brestricted\b)"
)
_SINCE: Final = re.compile(r"(?i)\bsince\s(?:the\send\sof\s)?$")
_WAS: Final = re.compile(
    rf"(?i)\b(?:was|were|had\sbeen|stood\sat|figure\sof|total\sof|number\sof|also)\s(?:also\s)?(?P<value>{NUMBER})"
)
_RATE: Final = re.compile(
    r"(?i)(?P<rate>(?<!\d)\d{1,6}(?:\.\d{1,4})?)\)?\s(?:children\s)?(?:and\syoung\speople\s)?per\s10,000"
)
_PER: Final = re.compile(r"(?i)\s(?:children\s)?per\s10,000")
_RATE_BARE: Final = re.compile(r"\s?\((?P<rate>\d{1,6}(?:\.\d{1,4})?)\)")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier value as a sentence states it, with the day that it holds for."""

    start: int  # where in the sentence it begins: what stands before is the present value
    value: float | None
    same: bool  # the present value held already then
    rate: float | None
    as_of: str | None


def find_earlier(sentence: str, *, dated: bool) -> Earlier | None:
    """Return the earlier value that the sentence states beside, or for, the present one.

    Where nothing else has `dated` the present value, a day beside a number is its own.
    """
    blanked = DATE.sub(lambda match: "_" * len(match.group()), sentence)
    match = _EARLIER.search(blanked) or _SAME.search(blanked)
    match = match or (_ADDED.search(blanked) if dated else None)
    if match is None:
        return None
    same = "value" not in match.re.groupindex
    of_rate = not same and _PER.match(match["rest"]) is not None
    date = DATE.search(sentence, match.start("rest")) or DATE.search(sentence, match.start())
    return Earlier(
        start=match.start(),
        value=None if same or of_rate else read_value(match["value"]),
        same=same,
        rate=read_value(match["value"]) if of_rate else _rate(sentence[match.start("rest") :]),
        as_of=last_day(date.group()) if date else None,
    )


def find_afterthought(sentence: str) -> Earlier | None:
    """Return the earlier day, and value if any, of a later sentence: "The number in March 2015 was four"."""
    date = DATE.search(sentence)
    if date is None or _SINCE.search(sentence, 0, date.start()):
        return None
    blanked = re.sub(PERCENT, " ", DATE.sub("_", sentence))
    value = _WAS.search(blanked)
    if value is None and not _COMPARES.search(blanked):
        return None
    return Earlier(
        start=0,
        value=read_value(value["value"]) if value else None,
        same=False,
        rate=_rate(blanked),
        as_of=last_day(date.group()),
    )


def _rate(rest: str) -> float | None:
    """Return the rate that stands beside an earlier count."""
    match = _RATE.search(rest) or _RATE_BARE.match(rest)
    return float(match["rate"]) if match else None

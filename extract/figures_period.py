"""Which of the times that a text names does a figure speak of?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.times import Period

_ANAPHORA: Final = re.compile(
    r"(?:Of|Among|From)\s(?:these|those|this|them|the)\b"
    r"|(?:These|This|It)\s(?:(?:figure|rate|number|proportion|percentage|performance|total|group|cohort)s?\s)?"
    r"(?:is|was|are|were|has|had|have|(?!need|indeed)\w{2,20}ed|(?:represent|compare|mean|equate|include|leave|ensure|show|range)s?"
    r"|rose|fell|met|led|left)\b"
)
_BARRIER: Final = re.compile(
    r";|\b(?:above|below|an?\s(?:rise|increase|fall|drop|reduction)\sfrom|compared|than|against|while|whilst|whereas|but|although|and|which\swas)\b"
)
# "an increase on the previous year": the time of the value that is compared with, not of the own.
_THEIRS: Final = re.compile(
    r"\b(?:improv\w+|increas\w+|reduc\w+|decreas\w+|ris\w+|rose|fall\w*|fell|drop\w*|declin\w+|grow\w*|grew|up|down"
    r"|better|worse|higher|lower|more|fewer|less|compar\w+|same)\s(?:(?:by\s)?[\w%]+\s)?(?:on|from|than|with|as)\s(?:that\s(?:of|for|in)\s|in\s)?$"
)
# Beside which a time is another: "currently 17, and six since 2014".
_NOW: Final = re.compile(
    r"\b(?:[Cc]urrently|[Cc]urrent\s(?:figure|rate|level|number|average)|[Nn]ow|at\spresent|next|a\syear\s(?:later|on))\b"
)
_EARLIER: Final = re.compile(r"\b(?:previous|preceding|[Ll]ast\s(?:\w+\s)?year|earlier|before|ago)\b")
_SPAN: Final = re.compile(r"\s(?:to|and|until)\s|[-–−]")
_CLAUSE: Final = re.compile(
    r"[;:]|,\sand\b|\b(?:there|while|whilst|whereas|but|although|though|however|compared|than|against|which|who|when|since|until|before|after"
    r"|this|it|these|continuing|following|will|national\w*|England|neighbours|similar|previous\w*|most\srecent)\b"
)
_WHEN: Final = re.compile(r",?\swhen\s\w{1,20}\s(?:was|were|stood\sat)\s(?:\w{1,20}\s)?")
_NOW_NEAR: Final = 30  # characters to either side
_LEADING: Final = 40  # a sentence that opens with a time speaks of it throughout


def choose_period(
    text: str,
    sentence: tuple[int, int],
    spans: Sequence[tuple[int, int]],
    index: int,
    periods: Sequence[Period],
    *,
    compared: bool,
) -> Period | None:
    """Return the time that the figure at `spans[index]` speaks of.

    The nearest one after it and before the next figure comes first, then one just before it, which has to be
    nearer to a value that is only `compared` with.
    """
    start, end = spans[index]
    if not compared:
        periods = [period for period in periods if not _is_theirs(text, period)]
    following = spans[index + 1][0] if index + 1 < len(spans) else sentence[1]
    preceding = spans[index - 1][1] if index else sentence[0]
    for period in periods:
        if (
            end <= period.start < following
            and not _BARRIER.search(text, end, period.start)
            and period.start - end < 90
        ):
            return period
    for period in reversed(periods):
        named = _WHEN.fullmatch(text, period.end, start)
        near_other = index and period.start - preceding < 10 and start - period.end > 3 and not named
        near = not compared or start - period.end < 25
        if preceding <= period.start and period.end <= start and near and not near_other:
            return period
    return None


def _is_theirs(text: str, period: Period) -> bool:
    """Tell whether a time is that of a value which the report's own is compared with."""
    before = text[max(0, period.start - _LEADING) : period.start]
    if before.endswith((" on ", " from ")) and _EARLIER.search(period.printed):
        return True
    return _SPAN.search(period.printed) is None and _THEIRS.search(before) is not None


def whole_period(
    text: str, sentence: tuple[int, int], span: tuple[int, int], periods: Sequence[Period]
) -> Period | None:
    """Return the time with which a sentence opens, or its only one where no clause parts it from `span`."""
    leading = [p for p in periods if p.start - sentence[0] < _LEADING and p.end <= span[0]]
    leading = [period for period in leading if not _is_theirs(text, period)]
    if _NOW.search(text, max(sentence[0], span[0] - _NOW_NEAR), min(sentence[1], span[1] + _NOW_NEAR)):
        return None
    if leading:
        return leading[-1]
    if len(periods) != 1 or _NOW.search(text, *sentence):
        return None
    (period,) = periods
    if _is_theirs(text, period) or _EARLIER.search(period.printed):
        return None
    between = text[span[1] : period.start] if span[1] <= period.start else text[period.end : span[0]]
    return None if _CLAUSE.search(between) else period


def inherits(text: str, start: int) -> bool:
    """Tell whether the sentence speaks of what the sentence before it named ("Of these, ...")."""
    return _ANAPHORA.match(text, start) is not None

"""Of what does the clause speak that leads up to a number?"""

import re
from typing import Final

from extract.figures_phrases import LONGEST, named, phrase_after
from extract.figures_words import load_words

_LONGEST_CLAUSE: Final = 130
_MOST_WORDS: Final = 10  # of a subject taken from another sentence
_ADVERBS: Final = r"(?:accordingly|consequently|therefore|as\sa\sresult|in\sturn|thus|hence)"
_CLAUSE: Final = re.compile(
    r"[;:–]\s|,\s(?:and|but|with|while|whilst|which|although|so|where|whereas|resulting|meaning|including"
    r"|as(?!\s(?:\w+ed|well|of|at|an?|the|they|it|this|part)\b))\s"
    rf"|\sand,\s{_ADVERBS},\s|\s(?:why|whether)\s|\swith\s(?=only|just|almost|nearly|over)|\s\((?![A-Z]{{2,}}\w?\))"
    r"|\bcompared\s|\bto\s(?=reduce|increase|improve)"
)
_CLAUSE_END: Final = re.compile(
    r"(?:,?\s(?:and|but|with|while|whilst|which|although|so|where|whereas|compared|including|why|whether)|[;:(,–])?\s?$"
)
# ", which used to meet often, has": what is told in passing.
_ASIDE: Final = re.compile(
    r",\s(?:which|who|where|whereby|whose|including|such\sas)\s[^,;()]{3,120},(?=\s(?:has|have|had|is|are|was|were)\s)"
)
# "and outcomes are": a clause of its own, where the one before it has a verb.
_AND_CLAUSE: Final = re.compile(
    r"\sand\s(?=[a-z])(?=(?!(?:young|over|above|older|to|is|are|was|were|has|have|had)\s)(?:the\s(?:number|percentage|proportion|rate)\sof\s(?:[\w’-]{1,30}\s){0,4})?(?:[\w’-]{1,30}\s){1,6}?(?:is|are|was|were|has|have|had|range|rose|fell|remains?|stands?|takes?)\s)"
)
# "who have" is no verb of its clause, "of approved carers" and "the annual report" none at all.
_NO_VERB: Final = re.compile(
    r"\b(?:who|which|that|where|whose)\s*(?:\w+ly\s)?$|\b(?:of|the|an?|all|for|with|newly|recently|any|these|annual"
    r"|monthly|quarterly|weekly|latest|previous|regular|time\sit)$"
)
_SAME_VERB: Final = re.compile(r"(?:\s(?:to|not|also|now|still|\w+ly))*")  # "continues to be"
_CHANGE: Final = (
    r"(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|fluctuation|worsening"
    r"|deterioration|reduc|increas|variation)\w*"
)
_MEASURE_OF: Final = r"(?:(?:overall\s)?(?:number|rate|numbers|proportion|percentage)s?\sof\s)"
_CHANGED_NOUN: Final = re.compile(
    r"(?i)\b(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|worsening|deterioration)\s(?:in|of)\s"
    rf"(?:the\s)?{_MEASURE_OF}?(?!(?:last|past|previous|this)\s|\d)"
)
_CHANGING: Final = re.compile(
    r"(?i)\b(?:increas|reduc|decreas|rais|lower|cut|improv|doubl)(?:e[sd]?|t?ing)?\s(?:its\s|their\s|the\s)?"
    r"(?P<what>(?!\w{1,20}ly\b|(?:by|from|in|to|over|at|since|on|during|further|between|again|this|each|year|month)\b)[a-z][^,;.()]{2,90}?)\s(?:by|\(?from)\s(?:\w+\s)?$"
)
# "reducing the number of those not in work, school or training to"
_MOVED_TO: Final = re.compile(
    r"(?i)\b(?:increas|reduc|decreas|rais|lower|cut|improv)(?:e[sd]?|t?ing)?\s(?:the\s)?(?:number|rate|proportion|percentage)s?\sof\s"
    r"(?P<what>[^;.()]{3,110}?)\sto\s(?:\w+\s)?$"
)
# "the number of under-fives entering care reducing by"
_MOVING: Final = re.compile(
    r"(?i)\b(?:numbers?|rates?|proportion|percentage|levels?)\sof\s(?P<what>[^,;.()]{3,90}?)\s"
    r"(?:increasing|rising|growing|reducing|falling|decreasing|dropping|declining)\s(?:by|from|to)\s(?:\w+\s)?$"
)
# "a re-referral rate of 30%", "delay of up to six months": what the number is the value of.
_VALUE_OF: Final = re.compile(
    r"(?i)(?:.{0,90}(?:^|[,;(–]\s?|\b(?:an?|the|its|their|with|at|has|have|had|is|was|of|to|from|and|by|this|no|often)\s))?"
    r"(?P<what>(?:[\w’-]{1,30}\s){0,4}[\w’-]{1,30})\sof\s(?:(?:up|to|about|around|over|under|just|only|almost|nearly"
    r"|approximately|more|less|than|at|least|within|an|average|some)\s){0,4}$"
)
_PLACE: Final = re.compile(
    r"\b(?:for|in|under|across|within|by|between)\sthe\s$"
)  # "an average for the area of"
_ARTICLE: Final = re.compile(r"(?i)^(?:an?|the|its|their|this)\s")
_CHANGE_OF: Final = re.compile(rf"(?i)\s?(?:\w{{1,30}}\s)?{_CHANGE}\s(?:in|of|to)\s(?:the\s)?{_MEASURE_OF}?")
_CHANGE_FROM: Final = re.compile(rf"(?i)\s(?:\w{{1,30}}\s)?{_CHANGE}\sfrom\s\d[\d,]*\s(?-i:(?=[a-z]))")
_CHANGED_BY: Final = re.compile(rf"(?i)\b{_CHANGE}\s(?:of|by)\s$")
_RISE_OF: Final = re.compile(
    r"(?i)\b(?:increase|reduction|decrease|rise|fall|drop|decline|growth)\s(?:of|by)\s$"
)
# "the work has led to most cases ending in" 20 weeks, "with a few pupils staying on plans for" a year
_RESULT: Final = re.compile(
    r"\bwith\s(?:only\s|just\s)?(?P<few>(?:a\sfew|many|most|some|several)\s[a-z][\w’ -]{2,30}?)\s\w{3,17}ing"
    r"\s[^,;.()]{0,60}\sfor\s$"
    r"|\b(?:results?|resulted|resulting|leads?|led|leading)\s(?:in|to)\s(?P<what>[^,;.()]{3,60}?)\s(?:being\s\w{3,20}|\w{3,20}ing)\s"
    r"(?:in|within|by|at|to|for)\s(?:an?\s)?$"
)
_THERE_ARE: Final = re.compile(
    r"\b[Tt]here\s(?:is|are|was|were)\s(?:also\s|still\s|now\s)?(?P<what>[^,;.()]{3,60}?)\s(?:who|which|that)\s[^;.()]*$"
)
_IN: Final = re.compile(
    rf"\sin\s(?!(?:the\s)?(?:last|past|previous|same|year)\b)(?:the\s|its\s|their\s)?{_MEASURE_OF}?(?=[a-z])"
)
_LEADS: Final = re.compile(
    r"(?i)(?:this|it|that|which)\s(?:(?:has|have|had)\s)?(?:results?|resulted|leads?|led)\s(?:in|to)\s"
)
_RELATIVE: Final = re.compile(r"\s(?:who|which|that)\s")


def changed_in(text: str, start: int, at: int, end: int) -> str | None:
    """Return what changed by an amount: "a 26% rise in referrals", "a 26% rise from 50 referrals"."""
    change = _CHANGE_OF.match(text, at, end) or _CHANGE_FROM.match(text, at, end)
    if change is None and _RISE_OF.search(text, max(0, start - LONGEST), start):
        change = _IN.match(text, at, end)
    return phrase_after(text, change.end(), end) if change else None


def clause_subject(left: str) -> str | None:
    """Return the noun phrase before the verb of the clause that leads up to a number."""
    left = _ASIDE.sub("", left)
    if (result := _RESULT.search(left)) and (phrase := named(result["what"] or result["few"])):
        return phrase
    if changed := _what_changes(left):
        return changed
    boundaries = [match.end() for match in _CLAUSE.finditer(left)]
    stop = len(left)
    for at in [*reversed(boundaries), 0]:
        subject = _subject_of(left[at:stop], whole=stop == len(left))
        if subject:
            return subject
        stop = len(_CLAUSE_END.sub("", left[:at]))
    there = _THERE_ARE.search(left)
    return named(_ARTICLE.sub("", there["what"])) if there else None


def _what_changes(left: str) -> str | None:
    """Return what the words before a number say has changed, by whatever part of speech."""
    moving = _MOVING.search(left)
    if moving and (phrase := named(moving["what"])):
        return phrase
    if _CHANGED_BY.search(left):
        changes = list(_CHANGE_OF.finditer(left))
        phrase = phrase_after(left, changes[-1].end(), len(left)) if changes else None
        if phrase and named(phrase):
            return phrase
    for pattern in (_CHANGING, _MOVED_TO):
        if (changing := pattern.search(left)) and (phrase := named(changing["what"])):
            return phrase
    return _changed(left)


def _changed(left: str) -> str | None:
    """Return what has changed where no verb follows: "a reduction in the length of cases, now at"."""
    changes = list(_CHANGED_NOUN.finditer(left, max(0, len(left) - _LONGEST_CLAUSE)))
    if not changes or _verbs(left[changes[-1].end() :]):
        return None
    phrase = phrase_after(left, changes[-1].end(), len(left))
    return named(phrase) if phrase else None


def _subject_of(clause: str, *, whole: bool) -> str | None:
    """Return the subject of one clause; of a clause before that of the number, rather what it ends with."""
    clause = clause.lstrip()
    while lead := load_words().lead.match(clause):
        clause = clause[lead.end() :].lstrip()
    while article := load_words().article.match(clause):
        clause = clause[article.end() :]
    verbs = _verbs(clause)
    for joint in reversed(list(_AND_CLAUSE.finditer(clause))):
        if any(at < joint.start() for at in verbs):
            return _subject_of(clause[joint.end() :], whole=whole)
    relative = _RELATIVE.search(clause)
    if verbs and relative and relative.start() < verbs[0] and len(verbs) > 1:
        verbs = verbs[-1:]
    measures = list(load_words().measure.finditer(clause))
    measured = _up_to_verb(clause, measures[0 if not verbs else -1].start()) if measures else None
    if measured and (not verbs or not whole):
        return measured
    if not verbs:
        return None if whole and not clause.endswith(" at ") else named(clause)
    if not whole and (leads := _LEADS.match(clause)):
        return named(clause[leads.end() :])
    return named(clause[: verbs[0]]) or measured


def _verbs(clause: str) -> list[int]:
    """Return where the verbs of a clause begin, those of one group once, those of "who have" not at all."""
    verbs: list[int] = []
    last = 0
    for match in load_words().finite.finditer(clause):
        goes_on = verbs and _SAME_VERB.fullmatch(clause, last, match.start())
        if not goes_on and not _NO_VERB.search(clause[: match.start()]):
            verbs.append(match.start())
        last = match.end()
    return verbs


def value_of(left: str) -> str | None:
    """Return what a number is the value of: "a re-referral rate of" 30%; None where that says too little."""
    match = _VALUE_OF.fullmatch(left[-LONGEST:])
    if match is None or _PLACE.search(left, 0, len(left[:-LONGEST]) + match.start("what")):
        return None
    verbs = list(load_words().finite.finditer(f" {match['what']}"))
    behind = match["what"][verbs[-1].end() :] if verbs else ""
    phrase = named(_ARTICLE.sub("", behind or match["what"]))
    return phrase if phrase and not load_words().bare.fullmatch(phrase) else None


def phrase_before(left: str) -> str | None:
    """Return the noun phrase that ends where a number begins: "most children" in "most children, 90%"."""
    return _subject_of(left, whole=False)


def opening_subject(sentence: str) -> str | None:
    """Return the noun phrase with which a sentence opens: what the next one goes on to speak of."""
    subject = _subject_of(sentence, whole=True)
    return subject if subject and subject.count(" ") < _MOST_WORDS else None


def topic_of(sentence: str) -> str | None:
    """Return what a sentence without figures measures or says has changed: "This" in the next one is that."""
    changes = list(_CHANGE_OF.finditer(sentence))
    if changes and (phrase := phrase_after(sentence, changes[-1].end(), len(sentence))):
        return phrase
    measures = list(load_words().measure.finditer(sentence))
    return _up_to_verb(sentence, measures[-1].start()) if measures else None


def _up_to_verb(clause: str, start: int) -> str | None:
    """Return the phrase that begins with a measure, up to the verb behind it."""
    verb = load_words().finite.search(clause, start)
    return named(clause[start : verb.start() if verb else len(clause)])

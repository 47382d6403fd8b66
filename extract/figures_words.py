"""Which words bound a noun phrase, and which name nothing by themselves?"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus.authorities import register
from extract.alternatives import by_letter
from extract.figures_rules import load_rules

# Where a phrase ends that "of" or "and" would carry on.
_LOOSE: Final = (
    r"|\sof\s(?=which|whom|these|those)"
    r"|\sand\s(?!young|famil|children|carers|care\b|permanence|child|minority"
    r"|[a-z]{1,20}\s(?:teams?|services?|officers?|managers?|meetings?|homes?|hubs?|groups?|panels?)\b)"
)

_AS_WRITTEN: Final = frozenset({"verbs", "ends"})  # the lists that are looked for in small letters only


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the data file that bound a noun phrase, compiled."""

    end: re.Pattern[str]  # of the phrase after a number
    lead: re.Pattern[str]  # what stands before the subject of a clause
    determiner: re.Pattern[str]
    article: re.Pattern[str]
    pronoun: re.Pattern[str]  # what names nothing by itself
    wrong: re.Pattern[str]  # with which no subject begins
    finite: re.Pattern[str]  # verb of a clause
    measure: re.Pattern[str]
    bare: re.Pattern[str]  # a measure of nothing: "average", "total"
    dangling: re.Pattern[str]
    places: frozenset[str]  # what is measured is never a local authority itself


@cache
def load_words() -> Words:
    """Compile the word lists of the data file."""
    words = {
        name: by_letter(entries, any_case=name not in _AS_WRITTEN)
        for name, entries in load_rules().subject.items()
    }
    openers, verbs = words["openers"], words["verbs"]
    return Words(
        end=re.compile(rf"[,.;:()?!–]|(?<!looked)(?<!cared)\s(?:{verbs}|{words['ends']}|\d+)\b{_LOOSE}"),
        lead=re.compile(
            rf"(?i)(?:(?:{openers})\b[^,]{{0,80}}?(?:,\s|(?<=\d{{4}})\s(?=[a-z])|(?<=[-–−/]\d\d)\s(?=[a-z]))"
            rf"|it (?:is|was) \w+ that\s"
            r"|(?:when|if|where|once|while|although|though|because|until|unless)\s[^,;]{3,100},\s"
            rf"(?=(?!(?:this|it|that|these)\b)[a-z‘][a-z’ -]{{2,60}}\s(?:{verbs})\b)|(?:{words['joiners']})\s"
            rf"|[^,;]{{0,90}}?\b(?:{words['reporting']})\s(?:that\s)?(?!as\b|to\b|by\b|in\b|with\b|for\b)(?=(?:[a-z‘]+|the\s\d[\w–−-]*)\s[\w-]+\s))"
        ),
        determiner=re.compile(
            rf"(?i)(?:{words['articles']}|{words['quantifiers']}"
            rf"|(?:{words['participles']})(?=\s(?!(?:by|to|in|for|at|and|as|within|on|with|of)\b)[a-z])|\d[\d,.]{{0,20}})\s"
        ),
        article=re.compile(
            rf"(?i)(?:{words['articles']}|\d[\d,.]{{0,20}})\s(?!of\s(?:these|those|them|which|whom)\b)"
        ),
        pronoun=re.compile(
            rf"(?i)(?:{words['pronouns']}|[a-z’ ]{{0,60}}\bof (?:these|those|them|which|whom|this))"
            rf"(?:\s(?:{words['vague']}))?\s?$"
        ),
        wrong=re.compile(
            rf"(?i)(?:{verbs}|now|also|aged|what|all\saged|still|so|too|there|this|it|we|they|he|she|you|who|which|including|with|and|or|but|having|however"
            r"|in|at|for|by|on|from|of|to|as|according|when|where|if|while|after|before|during|since|despite|although|because)\b(?!-)|[^a-z‘]"
        ),
        finite=re.compile(rf"\s(?:{verbs})\b"),
        measure=re.compile(rf"(?i)(?<!on\s)\b(?:{words['measures']})s?\b"),
        bare=re.compile(
            rf"(?i)(?:(?:\w{{1,20}}ly|current|new|high|low|average|total|overall|national|local|recommended|siz(?:e)?able|significant|marked|slight|small|large|further|considerable|substantial|positive|notable)\s){{0,4}}"
            rf"(?:{words['bare']})s?|(?:[\w’-]{{1,30}}\s){{0,6}}(?:{words['norms']})s?"
        ),
        dangling=re.compile(rf"(?i)(?:[\s,(]{{1,3}}(?:{words['dangling']})){{1,8}}[\s,(]{{0,3}}$"),
        places=frozenset(name for one in register() for name in (one.name, *one.also_known_as)),
    )

"""What does spaCy's English tokenizer know, as data that loads without spaCy?

    python -m extract.tokens_of_spacy

writes `tokens.json` anew for the spaCy that is installed; a test fails where the two differ. The data are
spaCy's (MIT licence).
"""

import json
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import NORM, ORTH  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

FILE: Final = Path(__file__).with_name("tokens.json")


def read_rules() -> dict[str, Any]:
    """Return the patterns, the exceptions with the norms of their tokens, and the norms of other tokens.

    `merged` holds the exceptions that spaCy also puts together where a longer word ends or begins with them
    (":)"), with the tokens that they would be otherwise.
    """
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    defaults = nlp.Defaults
    affixed = [
        key
        for key in tokenizer.rules
        if tokenizer.find_prefix(key) or tokenizer.find_infix(key) or tokenizer.find_suffix(key)
    ]
    plain = type(tokenizer)(
        nlp.vocab,
        prefix_search=tokenizer.prefix_search,
        suffix_search=tokenizer.suffix_search,
        infix_finditer=tokenizer.infix_finditer,
        url_match=tokenizer.url_match,
    )
    return {
        "prefix": compile_prefix_regex(defaults.prefixes or ()).pattern,
        "suffix": compile_suffix_regex(defaults.suffixes or ()).pattern,
        "infix": compile_infix_regex(defaults.infixes or ()).pattern,
        "url": tokenizer.url_match.__self__.pattern,
        "norms": dict(sorted(BASE_NORMS.items())),
        "exceptions": {
            key: [[token[ORTH], token.get(NORM)] for token in tokens]
            for key, tokens in sorted(tokenizer.rules.items())
            if not key.isspace()
        },
        "merged": {key: [token.text for token in plain(key)] for key in sorted(affixed) if not key.isspace()},
    }


def write_rules(path: Path = FILE) -> None:
    """Write the rules of the spaCy that is installed."""
    path.write_text(json.dumps(read_rules(), ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    write_rules()

"""Which bytes that nobody thought of break the reading of texts and PDFs?

`python tests/hostile/fuzz.py text|pdf FOLDER -max_total_time=SECONDS` lets atheris look for them, led by
which of our lines they reach; what it found interesting stays in FOLDER. It ends with the first finding.
"""

import sys
from pathlib import Path
from typing import Final

import atheris

sys.path.insert(0, str(Path(__file__).parent))

with atheris.instrument_imports(include=["ingest", "extract"]):
    import extract
    import ingest

from shapes import LINES, SHARP, TITLE, _cmap, _type0, report, stream

from corpus.errors import SourceError

MOST: Final = 20_000  # bytes of an input; longer ones are the torture's
FRONT: Final = "\n\n".join((" ".join(TITLE), *LINES, "")).encode()
EXTRACTOR = extract.load()


def fuzz_text(data: bytes) -> None:
    """A transcript that goes on with these bytes."""
    look_at(FRONT + data, "x.txt")


def fuzz_pdf(data: bytes) -> None:
    """A PDF with these bytes as content, as the letters of a font, as an object, or as the whole of it."""
    kind, rest = data[:1], data[1:]
    if kind < b"\x40":
        look_at(report(rest), "x.pdf")
    elif kind < b"\x80":
        look_at(report(SHARP, _type0(_cmap(rest))), "x.pdf")
    elif kind < b"\xc0":
        look_at(report(SHARP, {7: rest, 8: stream(rest)}), "x.pdf")
    else:
        look_at(b"%PDF-1.7\n" + rest, "x.pdf")


def look_at(data: bytes, source: str) -> None:
    """Refused with a reason, or read: then every word is placed or missed, and every span quotes its text.

    Raises:
        ValueError: a word was lost in silence, or a span does not quote.
    """
    try:
        document = ingest.read_bytes(data, source)
    except SourceError:
        return
    certificate = document.certificate
    if certificate.placed < 0.99 * certificate.characters and not certificate.missing:
        raise ValueError(f"{certificate.placed} of {certificate.characters} characters were placed")
    texts = {paragraph.position: paragraph.text for paragraph in document.paragraphs}
    for mention in EXTRACTOR.analyse(document).mentions:
        if texts[mention.paragraph][mention.start : mention.end] != mention.text:
            raise ValueError(f"{mention} does not quote its paragraph")


TARGETS: Final = {"text": fuzz_text, "pdf": fuzz_pdf}


def main() -> None:
    """Look until the time is over or something is found."""
    target, folder, *options = sys.argv[1:]
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / "first").write_bytes(" ".join((*TITLE, *LINES)).encode())
    bounds = [f"-max_len={MOST}", "-timeout=60", "-rss_limit_mb=2048", f"-artifact_prefix={place}/"]
    arguments = [sys.argv[0], str(place), *bounds, *options]
    TARGETS[target](b"")  # what is made ready on first use shall not count as slow
    atheris.Setup(arguments, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()

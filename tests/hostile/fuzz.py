"""Which bytes that nobody thought of break the reading of texts and PDFs?

`python tests/hostile/fuzz.py text|pdf FOLDER -max_total_time=SECONDS` lets atheris look for them, led by
which of our lines they reach; what it found interesting stays in FOLDER. It ends with the first finding.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import atheris

sys.path.insert(0, str(Path(__file__).parent))

with atheris.instrument_imports(include=["ingest", "extract"]):
    import extract
    import ingest

from collection import EXPLOSIVE
from shapes import FONT, LINES, SHARP, TITLE, _cmap, _type0, odd_shapes, report, stream

from corpus.errors import SourceError

MOST: Final = 20_000  # bytes of an input; longer ones are the torture's
HEAD: Final = b"%PDF-1.7\n"
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
        look_at(HEAD + rest, "x.pdf")


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


def text_seeds() -> Iterator[bytes]:
    """What the search for texts begins with: the report, and what holds patterns up."""
    yield FRONT
    yield from (f"{words} {words * 20}\n\n9. {words}".encode() for words in EXPLOSIVE.values())


def pdf_seeds() -> Iterator[bytes]:
    """What the search for PDFs begins with: a seed for each way, and every odd shape that is small enough."""
    yield from (b"\0" + SHARP, b"\x40<0041> <0042>\n", b"\x80" + FONT)
    yield from (b"\xff" + bad.data[len(HEAD) :] for bad in odd_shapes() if len(bad.data) < MOST)


TARGETS: Final = {"text": (fuzz_text, text_seeds), "pdf": (fuzz_pdf, pdf_seeds)}


def main() -> None:
    """Look until the time is over or something is found."""
    target, folder, *options = sys.argv[1:]
    look, seeds = TARGETS[target]
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (place / f"seed-{number}").write_bytes(seed)
    bounds = [f"-max_len={MOST}", "-timeout=60", "-rss_limit_mb=2048", f"-artifact_prefix={place}/"]
    arguments = [sys.argv[0], str(place), *bounds, *options]
    look(b"")  # what is made ready on first use shall not count as slow
    atheris.Setup(arguments, look)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

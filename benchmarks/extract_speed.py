"""How many words a second does the whole extraction read on one core, beside spaCy's tokenizer alone?

    python benchmarks/extract_speed.py [FOLDER] [--documents N]

FOLDER holds reports (PDF or text); without it the bundled samples are read.
"""

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus.errors import SourceError
from corpus.model import Document

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"


def main() -> None:
    """Read the reports, then time each part on the same texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--documents", type=int, default=40)
    options = parser.parse_args()
    began = time.process_time()
    import extract

    extractor = extract.load()
    print(f"load                    {time.process_time() - began:8.2f} s")
    documents = read(options.folder, options.documents)
    words = sum(len(paragraph.text.split()) for document in documents for paragraph in document.paragraphs)
    print(f"read                    {len(documents):8} reports, {words} words")
    nlp = extract.nlp()
    texts = ["\n\n".join(p.text for p in document.paragraphs) for document in documents]
    extractor.analyse(documents[0])
    report("spaCy's tokenizer", words, lambda: [len(nlp.make_doc(text)) for text in texts])
    docs = [nlp.make_doc(text) for text in texts]
    for name, component in nlp.pipeline:
        report(name, words, partial(list, map(component, docs)))
    before = resident()
    report("whole extraction", words, lambda: [extractor.analyse(document) for document in documents])
    print(f"memory after another pass {resident() - before:+6.1f} MiB")


def read(folder: Path, most: int) -> list[Document]:
    """Return up to `most` reports, spread evenly over the folder."""
    import ingest

    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".pdf", ".txt"})
    documents = []
    for path in paths[:: max(1, len(paths) // most)][:most]:
        try:
            documents.append(ingest.read(path))
        except SourceError as error:
            print(f"left out {path.name}: {error.detail}")
    return documents


def report(name: str, words: int, run: Callable[[], Sequence[object]]) -> None:
    """Print the words a second of one run, in processor time."""
    began = time.process_time()
    run()
    print(f"{name:24}{words / (time.process_time() - began):8.0f} words/s")


def resident() -> float:
    """Return the highest memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""`python -m corpus.maker OUT`: make the bundled corpus, or any number of reports for a test of scale."""

import argparse
import time
from pathlib import Path

from corpus.maker.make import many_documents, sample_documents, write_corpus


def main() -> None:
    """Read the arguments, make the reports and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m corpus.maker", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for pdf/, text/ and truth/")
    parser.add_argument(
        "--documents", type=int, metavar="N", help="make N reports instead of the bundled corpus"
    )
    parser.add_argument("--seed", default="1", help="another seed gives other reports (with --documents)")
    arguments = parser.parse_args()
    started = time.monotonic()
    asked: int | None = arguments.documents
    documents = sample_documents() if asked is None else many_documents(asked, arguments.seed)
    count = write_corpus(documents, arguments.out)
    took = time.monotonic() - started
    print(f"{count} reports in {arguments.out} ({took:.1f} s, {count / took:.1f} a second)")  # noqa: T201 -- a command


if __name__ == "__main__":
    main()

"""`ofsight replicate`: what others have published about inspections, beside what the store gives."""

from datetime import date, datetime
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight.options import STORE, AsJson, ReadStore
from ofsight.replicating import What, as_data, as_text


def replicate(
    what: Annotated[
        What,
        typer.Argument(
            metavar="WHAT",
            help="grades, recommendations, publication or due; see above.",
        ),
    ] = What.grades,
    store: ReadStore = STORE,
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DAY",
            help="The day from which to count (due), as 2026-09-01; today if not given.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Set what was published about inspections beside what the store gives.

    grades: national figures that Ofsted published, for the same day. n says how many of the authorities
    of today the store covers; the interval is for a sample of that size.

    recommendations: what they are about, beside the categories that led in the literature.

    publication: days from the last day on site to the report.

    due: when each authority's next full inspection is to be expected, by Ofsted's rule and as it went.

    \b
    Examples:
      ofsight replicate --store england.db
      ofsight replicate recommendations
      ofsight replicate due --today 2026-09-01
    """
    day = today.date() if today else date.today()
    with open_store(store) as opened:
        text = (as_data if as_json else as_text)(what, opened.connection, day)
    print(text)

"""What stands at the edge of every page is no part of the report."""

from ingest.lines import Line
from ingest.pdf import Page
from ingest.running import split_running


def test_a_running_title_that_wraps_inside_its_date() -> None:
    def page(number: int) -> Page:
        lines = (
            Line("Inspection of Harrowmere, 4 to 8 March", number, 775, 785, 57, 400, 10),
            Line(f"2024 {number}", number, 787, 797, 57, 90, 10),
            Line("Children are seen quickly.", number, 100, 112, 57, 300, 12),
        )
        return Page(number, 595.3, 841.9, lines, 80, 3)

    body, running = split_running(tuple(map(page, range(1, 6))))
    assert {line.text for line in body} == {"Children are seen quickly."}
    assert len(running) == 10

"""Figures behind a bullet of larger type are figures, not raised numbers of footnotes."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

import ingest


def test_figures_stay_behind_a_large_bullet() -> None:
    data = BytesIO()
    page = Canvas(data)
    page.setFont("Helvetica", 20)
    page.drawString(60, 780, "Inspection of Harrowmere children's services")
    page.setFont("Helvetica", 12)
    page.drawString(60, 750, "Inspection dates: 4 to 15 September 2023")
    for place, words in enumerate(
        ["About 54,500 children live in Harrowmere.", "At 31 March, 12 lived with carers and 3,255 at home."]
    ):
        page.setFont("Symbol", 18)
        page.drawString(60, 700 - 40 * place, "\u2022")
        page.setFont("Helvetica", 12)
        page.drawString(72, 700 - 40 * place, words)
    page.save()
    text = " ".join(p.text for p in ingest.read_bytes(data.getvalue(), "report.pdf").paragraphs)
    assert "54,500 children" in text
    assert "At 31 March, 12 lived with carers and 3,255 at home." in text

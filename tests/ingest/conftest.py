"""Small reports about invented places, drawn with reportlab or written as text."""

import io
from collections.abc import Callable, Sequence

import pytest

Drawn = tuple[float, float, str, float, bool]  # x, distance from the top, words, size, bold

WIDTH, HEIGHT = 595.3, 841.9


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """Draw pages of (x, top, words, size, bold) into a PDF; words are set in Helvetica."""

    def make(pages: Sequence[Sequence[Drawn]], **options: object) -> bytes:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        monkeypatch.setattr(rl_config, "useA85", 0)
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), **options)
        for page in pages:
            for x, top, words, size, bold in page:
                canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
                canvas.drawString(x, HEIGHT - top - 0.8 * size, words)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    return make


@pytest.fixture
def flat_pages() -> list[list[Drawn]]:
    """An inspection of Harrowmere in three pages: table, footer, note, lists, a paragraph over two pages."""

    def body(top: float, words: str, x: float = 70.9) -> Drawn:
        return (x, top, words, 12, False)

    def footer(number: int) -> list[Drawn]:
        return [
            (70.9, 796, "Inspection of Harrowmere local authority children’s services", 8, False),
            (70.9, 806, "4 to 8 March 2024", 8, False),
            (510.0, 802, str(number), 20, False),
        ]

    first = [
        (70.9, 136, "Inspection of Harrowmere local", 26, False),
        (70.9, 167, "authority children’s services", 26, False),
        (70.9, 207, "Inspection dates: 4 to 8 March 2024", 12, True),
        (70.9, 234, "Lead inspector: Ada Sample, His Majesty’s Inspector", 12, True),
        (76.6, 272, "Judgement", 12, True),
        (303.0, 272, "Grade", 12, True),
        body(305, "The impact of leaders on social work", 76.6),
        body(319.5, "practice with children and families", 76.6),
        body(305, "Good", 303.0),
        body(347, "The experiences and progress of", 76.6),
        body(361.5, "children who need help and protection", 76.6),
        body(347, "Requires improvement", 303.0),
        body(361.5, "to be good", 303.0),
        body(388, "The experiences and progress of", 76.6),
        body(402.5, "children in care", 76.6),
        body(388, "Good", 303.0),
        body(430, "The experiences and progress of care", 76.6),
        body(444.5, "leavers", 76.6),
        body(430, "Outstanding", 303.0),
        body(471, "Overall effectiveness", 76.6),
        body(471, "Good", 303.0),
        body(505, "Services in Harrowmere have become better since the last visit, and most families are"),
        body(519.5, "helped in time. Some plans are still too vague to be of much use to anyone."),
    ]
    second = [
        *footer(2),
        (70.9, 97, "What needs to improve?", 14, True),
        (236.0, 95, "1", 9, True),
        body(125, "• The quality of plans. (outcome 2, national framework)"),
        body(151, "• Supervision of social workers. (Enabler one, National Framework)"),
        (70.9, 190, "The experiences and progress of children who need help and", 14, True),
        (70.9, 207, "protection: requires improvement to be good", 14, True),
        body(236, "1. Most children are seen quickly. In the year to 31 March"),
        body(250.5, "2023. there were fewer delays, and decision-", 99.3),
        body(265, "making is sound.", 99.3),
        body(291, "2. Plans vary. Managers want to see:"),
        body(317, "• clear steps", 117),
        body(331.5, "• dates for each step.", 117),
        body(760, "3. Visits take place as often as they"),
        (70.9, 775, "1", 6.5, False),
        (77.0, 777, "Set out in guidance for the whole country.", 10, False),
    ]
    third = [
        *footer(3),
        body(96, "should and are written up well.", 99.3),
        (70.9, 130, "The experiences and progress of children in care: good", 14, True),
        body(160, "4. Children in care live in stable homes."),
        (
            70.9,
            300,
            "The Office for Standards in Education, Children’s Services and Skills (Ofsted)",
            10,
            False,
        ),
        (70.9, 313, "regulates and inspects.", 10, False),
        (
            70.9,
            340,
            "You may reuse this information under the terms of the Open Government Licence.",
            10,
            False,
        ),
    ]
    return [first, second, third]

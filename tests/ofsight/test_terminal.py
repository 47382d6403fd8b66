"""Whatever is in a report, the terminal shows it and obeys none of it."""

import io

from ofsight.progress import in_words, progress_line
from ofsight.terminal import clean, laid_out, paint, table


def test_control_sequences_are_shown_not_obeyed():
    assert clean("Leeds\x1b[2J\u202e\x00") == "Leeds<U+001B>[2J<U+202E><U+0000>"
    assert clean("two\nlines") == "two lines"
    assert clean("plain – ‘quoted’") == "plain – ‘quoted’"


def test_tables_fit_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = table(("Name", "Text"), [("Leeds", "x" * 100), ("Hull", None)]).splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[2].startswith("Leeds  xxx")
    assert lines[2].endswith("…")


def test_there_is_no_colour_where_it_is_not_wanted(monkeypatch):
    screen = io.StringIO()
    screen.isatty = lambda: True
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert paint("good", "bold", screen) == "\033[1mgood\033[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint("good", "bold", screen) == "good"
    assert paint("good", "bold", io.StringIO()) == "good"


COMPARED = """# Harrowmere and Holmebrook

| Theme | Harrowmere | Holmebrook |
|---|---|---|
| Contacts, referrals and thresholds | 5 strengths, 1 mixed; strength 83% of 6 (43% to 97%) | 2 strengths |

> “Plans are \\*clear\\*.”[2J
"""


def test_a_comparison_is_laid_out_for_a_terminal_and_left_as_it_stands_for_a_file(monkeypatch, capsys):
    assert laid_out(COMPARED) == COMPARED
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    shown = laid_out(COMPARED)
    assert max(map(len, shown.splitlines())) <= 60
    assert "|" not in shown
    assert "strength 83% of 6" in shown
    assert "“Plans are *clear*.”" in shown
    assert "\x1b" not in shown


def test_progress_in_words():
    assert progress_line(120, 360, 30.0, "x.pdf") == (
        "[########----------------]  120/360  4.0 files/s  60 s left  x.pdf"
    ).replace("60 s", "1 min")
    assert [in_words(seconds) for seconds in (3, 75, 7200)] == ["3 s", "1 min", "2.0 h"]

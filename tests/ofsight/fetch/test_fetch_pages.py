"""What is read off the site's pages, in the ways that they have been seen to write it."""

from datetime import date

import pytest

from corpus.errors import DataFileError, FetchError
from ofsight.fetch.pages import Provider, has_our_title, is_whole, read_provider, read_search, says_missing
from ofsight.fetch.site import DESCRIPTION, load_site

SITE = load_site()
LEEDS = Provider("80481", "Leeds")
PAGE = "https://reports.ofsted.gov.uk/provider/44/80481"


def listed(label: str, href: str = "https://files.ofsted.gov.uk/v1/file/50252240"):
    """What a page with one such link lists."""
    html = f'<a class="publication-link" href="{href}">Report <span class="nonvisual">{label}</span></a>'
    return read_provider(html, LEEDS, PAGE, SITE)


FULL = "Children's services inspection"
SEND = "Area SEND full inspection"
SINGLE = "Single inspection of LA children's services"


@pytest.mark.parametrize(
    ("label", "kind", "said", "day"),
    [
        (f"{FULL}, pdf - 12 August 2025", "inspection", FULL, "2025-08-12"),
        (f"{FULL},  pdf - 16 August 2013", "inspection", FULL, "2013-08-16"),
        (f"{FULL.lower()},  PDF\n  - 01 May  2013", "inspection", FULL.lower(), "2013-05-01"),
        (f"{SINGLE} as pdf, pdf - 12 May 2014", "inspection", SINGLE, "2014-05-12"),
        (f"{SINGLE} as pdf - 12 May 2014", "inspection", SINGLE, "2014-05-12"),
        ("Children’s services inspection - 1 May 2020", "inspection", FULL.replace("'", "’"), "2020-05-01"),
        (
            "Focused visit &amp; letter, pdf – 1 May 2024",
            "focused_visit",
            "Focused visit & letter",
            "2024-05-01",
        ),
        ("Monitoring visit, pdf - 3 July 2019", "monitoring_visit", "Monitoring visit", "2019-07-03"),
        ("JTAI - front door, pdf - 3 July 2019", "joint", "JTAI - front door", "2019-07-03"),
        ("Area SEND full inspection, pdf - 2 July 2024", "area_send", SEND, "2024-07-02"),
        (
            "Joint local area SEND revisit - 3 July 2019",
            "area_send",
            "Joint local area SEND revisit",
            "2019-07-03",
        ),
        ("Minutes, pdf - 12 July 2022", "other", "Minutes", "2022-07-12"),
    ],
)
def test_labels_say_what_was_published_when(label, kind, said, day):
    [found] = listed(label).publications
    assert (found.kind, found.label, found.day) == (kind, said, date.fromisoformat(day))
    assert (found.id, found.urn, found.authority) == ("50252240", "80481", "Leeds")


@pytest.mark.parametrize(
    "label", ["", "Children's services inspection", "Inspection, pdf - 31 June 2024", "pdf - May", "x" * 5000]
)
def test_a_label_that_does_not_say_so_is_odd(label):
    found = listed(label)
    assert found.publications == ()
    assert "does not say what was published when" in found.odd[0]
    assert len(found.odd[0]) < 400


@pytest.mark.parametrize("day", ["01 January 1900", "31 August 1992", "12 August 2199"])
def test_a_day_on_which_nothing_can_have_been_published_is_odd(day):
    found = listed(f"{FULL}, pdf - {day}")
    assert found.publications == ()
    assert f"- {day}' names a day on which nothing can have been published" in found.odd[0]


def test_both_hosts_of_files_are_known_and_a_page_may_leave_out_its_own():
    for host in ("https://files.ofsted.gov.uk", "https://files.api.ofsted.gov.uk", ""):
        [found] = listed("Children's services inspection, pdf - 1 May 2024", f"{host}/v1/file/7").publications
        assert found.address == f"{host or 'https://reports.ofsted.gov.uk'}/v1/file/7"


def test_only_links_of_the_class_count_each_once():
    label = '<span class="a nonvisual">A <b>B</b>, pdf - 1 May 2024</span>'
    link = f'<a class="btn publication-link" href="/v1/file/7">x{label}y</a>'
    other = f'<a class="other" href="/v1/file/8">{label}</a>'
    found = read_provider(link + other + link, LEEDS, PAGE, SITE)
    assert [(one.id, one.label) for one in found.publications] == [("7", "A B")]
    assert found.odd == ()


def test_a_page_that_breaks_off_is_not_whole():
    assert is_whole("<html><p>All of it</p></html>\n<!-- 7 ms -->")
    assert not is_whole('<html><li><a class="publication-link" href="/v1/file/7">')


def test_the_search_lists_providers_each_once_by_whatever_link():
    html = (
        '<a href="/provider/44/80481"><img></a><h3><a href="/provider/44/80481">Leeds\n City Council</a></h3>'
        '<a href="https://reports.ofsted.gov.uk/provider/44/80449?x=1">Bradford</a><a href="http://[">x</a>'
        '<a href="/provider/44/">x</a><a href="/providers">x</a>'
    )
    found = [(one.urn, one.name) for one in read_search(html, SITE)]
    assert found == [("80481", "Leeds City Council"), ("80449", "Bradford")]


def test_titles_tell_whose_page_it_is():
    assert has_our_title("<title>Leeds - Find an Inspection Report - Ofsted</title>", SITE)
    assert not has_our_title("<h1>Ofsted</h1><svg><title>Sign in</title></svg>", SITE)
    assert says_missing("<title>Report not found - Find an Inspection Report - Ofsted</title>", SITE)
    assert not says_missing("<title>Leeds - Ofsted</title><h1>Report not found</h1>", SITE)


@pytest.mark.real
def test_the_real_pages_that_stand_in_place_of_reports_are_known_as_such(shared):
    pages = [path for path in (shared / "reports").rglob("*.pdf") if path.read_bytes().startswith(b"<!")]
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert has_our_title(text, SITE) and says_missing(text, SITE)


@pytest.mark.parametrize(
    "piece",
    [
        "<a href=x>",
        "<",
        "<span ",
        "<!--",
        "&#",
        "<a class='",
        "</",
        "<?",
        "<a 'x' \"",
        "<title>",
        "<\0",
        "<script>",
    ],
)
def test_a_hostile_page_comes_to_an_end(piece):
    """Python's parser, told that the page is over, takes minutes for some of these."""
    assert read_provider(piece * 20_000, LEEDS, PAGE, SITE).publications == ()


def test_what_the_parser_stumbles_over_is_an_error_of_the_site(monkeypatch):
    """Python 3.11 raises AssertionError for a declaration that it does not know, later versions do not."""

    def stumble(*_):
        raise AssertionError("expected name token")

    monkeypatch.setattr("html.parser.HTMLParser.parse_html_declaration", stumble)
    with pytest.raises(FetchError, match="no HTML: expected name token"):
        read_search("<![<![", SITE)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('base = "https://reports.ofsted.gov.uk"', "", "base is missing"),
        ("[manners]", "[manners]\nspeed = 3", "nothing reads manners.speed"),
        ("(?P<urn>", "(?P<number>", "search.provider has no group 'urn'"),
        ("label = '(?P<type>", "label = '((?P<type>", "provider.label is no pattern"),
        ('"Children\'s services monitoring visit"', '"Visit"', "kind 4 does not match its example 'Visit'"),
        ('id = "joint"', "", "kind 2 needs id, match and examples"),
        ("earliest = 1992-09-01", 'earliest = "1992"', "provider.earliest is no date like 1992-09-01"),
        ("[search]", "[search", "cannot be read"),
    ],
)
def test_a_description_with_faults_is_refused(tmp_path, old, new, says):
    text = DESCRIPTION.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=says):
        load_site(path)


def test_every_fault_is_named_at_once(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("wrong = 1\n", encoding="utf-8")
    with pytest.raises(
        DataFileError, match=r"base is missing.*nothing reads wrong.*search.address is missing"
    ):
        load_site(path)

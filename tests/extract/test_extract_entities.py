"""Which entities does a report name, and is one thing under several names one entity?"""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import spacy

import extract
from corpus.model import Certificate, Document, Extraction, Paragraph
from extract.mentions import slug


def mentions(text: str) -> list[tuple[str, str]]:
    doc = extract.nlp()(text)
    return [(span.text, span.kb_id_) for span in doc.spans["mentions"]]


def report(*texts: str) -> Document:
    paragraphs = tuple(
        Paragraph(position, position, None, "finding", text, 1, 1)
        for position, text in enumerate(texts, start=1)
    )
    return Document(
        id="0" * 16, sha256="0" * 64, source="invented.txt", media_type="text/plain", pages=None,
        title=None, authority=None, la_code=None, framework="ilacs", kind="standard", layout="ilacs-b5",
        inspected_from=None, inspected_to=None, published=None, lead_inspector=None, licence=None,
        sections=(), paragraphs=paragraphs, judgements=(), readings=(),
        certificate=Certificate("text", 0, 0),
    )  # fmt: skip


def analyse(*texts: str) -> Extraction:
    return extract.load().analyse(report(*texts))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the printed name of an authority is a mention; "the council" and "the local authority" are not
        ("Plymouth City Council and the council agree.", [("Plymouth City Council", "la:879")]),
        ("The London Borough of Camden pays.", [("London Borough of Camden", "la:202")]),
        ("Brighton & Hove learns from Hull’s work.", [("Brighton & Hove", "la:846"), ("Hull", "la:810")]),
        ("Bournemouth, Christchurch and Poole grew.", [("Bournemouth, Christchurch and Poole", "la:839")]),
        ("The local authority knows.", []),
        # a name that is also a word needs its capital inside the sentence
        ("Reading to children helps.", []),
        ("Staff in Reading help.", [("Reading", "la:870")]),
        ("Reading Borough Council helps.", [("Reading Borough Council", "la:870")]),
        # longest first
        ("Kent Police came.", [("Kent Police", "organisation:kent-police")]),
        ("The director of children’s services left.", [("director of children’s services", "role:dcs")]),
        ("Child protection plans are short.", [("Child protection plans", "plan:child-protection-plan")]),
        # case
        ("A pause in the work.", []),
        ("The MASH is busy; mash is food.", [("MASH", "organisation:mash")]),
        # possessives and plurals
        ("IROs’ caseloads and the IRO’s visit.", [("IROs", "role:iro"), ("IRO", "role:iro")]),
        # hyphens that join the words of a name count as spaces
        ("Child-in-need plans are short.", [("Child-in-need plans", "plan:child-in-need-plan")]),
        ("The edge-of-care panel met.", [("edge-of-care panel", "panel:placement-panel")]),
        ("The out–of-hours team came.", [("out–of-hours team", "organisation:edt")]),
        ("A stay-at-home-parent spoke.", []),
        # a group of children is the same when it is called by its older members
        ("Disabled young people travel.", [("Disabled young people", "group:disabled-children")]),
        ("Children and young people with complex needs wait.", [
            ("Children and young people with complex needs", "group:disabled-children"),
        ]),
        # built of the sector's words, at the head of a sentence too
        ("The resilience panel meets.", [("resilience panel", "panel:resilience-panel")]),
        ("Resilience panels meet. Kinship navigators listen.", [
            ("Resilience panels", "panel:resilience-panel"),
            ("Kinship navigators", "role:kinship-navigator"),
        ]),
        # the fuller name of what is known by its last words
        ("The multi-agency exploitation hub grew.", [
            ("multi-agency exploitation hub", "organisation:exploitation-team"),
        ]),
        ("Duty and adoption teams met.", [("adoption teams", "organisation:adoption-service")]),
        ("Multi-agency meetings help.", []),
        # the head belongs to a short name only where nothing else is known of it
        ("The LAMP team and the MASH team met.", [
            ("LAMP team", "organisation:lamp-team"), ("MASH", "organisation:mash"),
        ]),
        ("Domestic abuse workers and support services help.", [("Domestic abuse workers", "role:idva")]),
        # names with capitals
        ("Staff of the Harrow Road Response Team came.", [
            ("Harrow Road Response Team", "organisation:harrow-road-response-team"),
        ]),
        ("Since then the Plymouth Early Help Hub opened.", [
            ("Plymouth", "la:879"), ("Early Help Hub", "organisation:early-help-hub"),
        ]),
    ],
)  # fmt: skip
def test_names(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert mentions(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Section 47 enquiries are late.", [("Section 47", "children-act-1989-section-47")]),
        ("S47 work is late.", [("S47", "children-act-1989-section-47")]),
        (
            "Help under sections 17 and 47 came.",
            [("sections 17", "children-act-1989-section-17"), ("47", "children-act-1989-section-47")],
        ),
        (
            "It acts under section 20 of the Children Act 1989.",
            [("section 20 of the Children Act 1989", "children-act-1989-section-20")],
        ),
        ("The Children and Social Work Act 2017 applies.", [
            ("Children and Social Work Act 2017", "children-and-social-work-act-2017"),
        ]),
        ("Section 11 audits are done.", [("Section 11", "children-act-2004-section-11")]),
        ("The Care Act is known.", [("Care Act", "care-act")]),
        ("Section 2: the board", []),
        ("They act quickly.", []),
        ("The team’s 47 cases.", []),
    ],
)  # fmt: skip
def test_legislation(sentence: str, expected: list[tuple[str, str | None]]) -> None:
    found = mentions(sentence)
    assert [text for text, _ in found] == [text for text, _ in expected]
    for (_, id_), (_, tail) in zip(found, expected, strict=True):
        assert tail is None or id_ == f"legislation:{tail}"


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Lead inspector: Anneka Thorne, His Majesty’s Inspector", ["Anneka Thorne"]),
        ("Cllr Osric Vane spoke.", ["Osric Vane"]),
        ("Team inspectors: Sarah Fell HMI, John O’Dell HMI", ["Sarah Fell", "John O’Dell"]),
        ("May Day was quiet. Victoria Road is long.", []),
        ("Sarah Fell Deputy lead inspector", ["Sarah Fell"]),
    ],
)
def test_people(sentence: str, people: list[str]) -> None:
    doc = extract.nlp()(sentence)
    assert [span.text for span in doc.spans["mentions"] if span.label_ == "person"] == people


@pytest.mark.parametrize(
    ("text", "acronym", "entity"),
    [
        # known everywhere
        ("The multi-agency safeguarding hub (MASH) works. MASH staff care.", "MASH", "organisation:mash"),
        ("Independent reviewing officers (IROs) visit. An IRO wrote.", "IRO", "role:iro"),
        # known only in this report
        ("The early response service (ERS) grew. ERS helps.", "ERS", "organisation:early-response-service"),
        ("Safe Streets Teams (SSTs) walk. One SST helps.", "SST", "organisation:safe-streets-team"),
        ("Calls reach the Children’s Hub (ChiHub). ChiHub helps.", "ChiHub", "organisation:childrens-hub"),
        # the head stands after the bracket
        ("The risk and resilience (RAR) panel met. RAR helps.", "RAR", "panel:risk-and-resilience"),
        # the other way round
        ("RRT (the rapid response team) grew. RRT helps.", "RRT", "organisation:rapid-response-team"),
        # a quoted name, and one that a rule reads otherwise than its last word would
        ("The ‘new paths’ team (NPT) grew. NPT helps.", "NPT", "organisation:new-paths-team"),
        (
            "Harrow Moor Parent Carer Forum (HMPCF) met. HMPCF helps.",
            "HMPCF",
            "organisation:harrow-moor-parent-carer-forum",
        ),
        # the report's own meaning comes first
        ("The parent advice roundtable (PAR) met. PAR helps.", "PAR", "panel:parent-advice-roundtable"),
        # also before it is explained
        (
            "ERS helps.\n\nThe early response service (ERS) grew.",
            "ERS",
            "organisation:early-response-service",
        ),
    ],
)
def test_an_acronym_means_what_the_report_says(text: str, acronym: str, entity: str) -> None:
    meant = {id_ for words, id_ in mentions(text) if words == acronym}
    assert meant == {entity}


def test_an_acronym_for_something_that_is_not_recorded_is_no_mention() -> None:
    assert "PA" not in [text for text, _ in mentions("The pupils’ attainment (PA) rose. PA is fair.")]


def test_long_form_and_acronym_are_one_entity_with_one_name() -> None:
    found = analyse("The early response service (ERS) grew.", "Families like the Early Response Service.")
    assert [entity.name for entity in found.entities] == ["Early Response Service"]
    assert len(found.mentions) == 3


def test_every_mention_quotes_its_paragraph() -> None:
    texts = (
        "",
        "Sarah Fell HMI led.",
        "The MASH (47 staff) serves Plymouth.\nIROs and MAPPA/MARAC staff came.",
        "",
    )
    found = analyse(*texts)
    assert {mention.paragraph for mention in found.mentions} == {2, 3}
    for mention in found.mentions:
        assert texts[mention.paragraph - 1][mention.start : mention.end] == mention.text
    assert {mention.entity_id for mention in found.mentions} == {entity.id for entity in found.entities}


def test_mentions_do_not_overlap_and_stand_in_order() -> None:
    found = analyse(
        "The Director of Children’s Services of Kent County Council chairs the Kent Safeguarding Board."
    )
    spans = [(mention.start, mention.end) for mention in found.mentions]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_figures_carry_the_paragraph_and_the_offsets_in_it() -> None:
    texts = ("Nothing to count.", "Of these, 58% of care leavers are in work.")
    (figure,) = analyse(*texts).figures
    assert (figure.paragraph, texts[1][figure.start : figure.end]) == (2, "58%")


def test_prevalence_is_keyed_by_paragraph_and_sentence() -> None:
    texts = ("Staff came.", "Staff came. Most children are safe.")
    assert set(analyse(*texts).prevalence) == {(2, 12)}


def test_one_text_gives_one_answer_whatever_was_read_before() -> None:
    extractor = extract.load()
    text = report("The early response service (ERS) grew. ERS helps.")
    first = extractor.analyse(text)
    extractor.analyse(report("The education record sheet (ERS) is long."))
    assert extractor.analyse(text) == first


def test_a_report_reads_as_the_spacy_pipeline_reads_its_text() -> None:
    texts = (
        "Reading Borough Council’s multi-agency safeguarding hub (MASH) is well-led.",
        "The MASH in Reading, the Thames Valley Police and Mrs Jane Smith agree; Reading to children helps.",
        "Under section 47 (s47), Barnardo's/NSPCC staff see 16- to 17-year-olds.",
    )
    doc = extract.nlp()("\n\n".join(texts))
    found = analyse(*texts).mentions
    assert [(m.text, m.entity_id) for m in found] == [(s.text, s.kb_id_) for s in doc.spans["mentions"]]
    assert len(found) > 8


def test_a_hyphen_before_a_space_does_not_hide_a_name() -> None:
    assert ("homeless 16 to 17 year olds", "group:homeless-young-people") in mentions(
        "It looks after homeless 16 to 17 year olds."
    )


def test_the_pipeline_can_be_saved_and_loaded_by_spacy(tmp_path: Path) -> None:
    extract.nlp().to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    doc = loaded("The MASH serves Plymouth.")
    assert [span.kb_id_ for span in doc.spans["mentions"]] == ["organisation:mash", "la:879"]


def test_each_component_stands_alone_in_a_pipeline_of_your_own() -> None:
    code = """
import spacy
nlp = spacy.blank("en")
nlp.add_pipe("ofsight_entities")
doc = nlp("The MASH serves Plymouth.")
print(*((span.text, span.label_, span.kb_id_) for span in doc.spans["mentions"]))
nlp.add_pipe("ofsight_acronyms")
doc = nlp("The early response service (ERS) is new. ERS serves Plymouth.")
print(*(span.text for span in doc.spans["mentions"]))
for name in ("ofsight_sentences", "ofsight_figures"):
    spacy.blank("en").add_pipe(name)
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd="/")
    alone, with_acronyms = run.stdout.splitlines()
    assert alone == "('MASH', 'organisation', 'organisation:mash') ('Plymouth', 'local_authority', 'la:879')"
    assert with_acronyms == "early response service ERS ERS Plymouth"


def test_importing_the_stage_does_not_import_spacy() -> None:
    code = "import sys, extract; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("Children’s Hub", "childrens-hub"),
        ("Health & Wellbeing", "health-and-wellbeing"),
        ("Zoë’s House", "zoes-house"),
    ],
)
def test_slugs(name: str, tail: str) -> None:
    assert slug(name) == tail


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text",
    [
        "Team Of The " * 4_000,
        "A-" * 20_000,
        "(" + "A" * 50_000 + "!",
        "Education And Skills Of " * 2_000,
        " ".join(f"(A{n}B)" for n in range(4_000)),
        "section 1, 2, 3" + ", 4" * 6_000,
        "multi-agency child and " * 4_000,
        "\n\n" * 50_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    with extract.nlp().select_pipes(disable="ofsight_figures"):
        assert extract.nlp()(text).text == text


@pytest.mark.timeout(30)
@pytest.mark.parametrize("text", ["([{}])." * 100_000, ".,;" * 200_000, "MASH-" * 100_000, "a" * 1_000_000])
def test_a_row_without_a_space_is_read_in_bounded_time(text: str) -> None:
    assert analyse(f"The MASH helps {text} the MASH.").mentions[0].text == "MASH"

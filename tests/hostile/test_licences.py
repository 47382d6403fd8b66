"""What comes along is listed with its licence, and nothing in a default install is under the AGPL."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def licences():
    spec = importlib.util.spec_from_file_location("licences", ROOT / "docs" / "licences.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module
    spec.loader.exec_module(module)
    return module


def test_nothing_of_a_default_install_is_under_the_agpl(licences):
    said = {part.name: part.licence for part in licences.locked_parts()}
    assert not [name for name, licence in said.items() if re.search("AGPL|Affero", licence or "")]
    # Colours and time zones are for Windows; everything else is here, and says its licence.
    assert {name for name, licence in said.items() if licence in (None, "not said")} <= {"colorama", "tzdata"}


def test_the_page_is_in_step_with_the_lock(licences):
    """`make sbom` writes it again."""
    listed = re.findall(r"^\| ([\w.-]+) \|", licences.PAGE.read_text("utf-8"), re.MULTILINE)[1:]
    assert set(listed) == {part.name for part in licences.locked_parts()}


def test_the_list_of_parts_holds_every_locked_package_with_its_hashes(licences):
    bill = json.loads(json.dumps(licences.bill_of_materials(licences.locked_parts())))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    pins = re.findall(r"^[\w.-]+==\S+", licences.LOCK.read_text("utf-8"), re.MULTILINE)
    assert [f"{part['name']}=={part['version']}" for part in bill["components"]] == pins
    assert all(part["properties"] for part in bill["components"])


def test_a_licence_of_the_agpl_would_be_seen(licences, monkeypatch):
    from email.message import Message

    said = Message()
    said["Classifier"] = "License :: OSI Approved :: GNU Affero General Public License v3"
    monkeypatch.setattr(licences, "metadata", lambda _: said)
    assert "Affero" in licences.licence_of("anything")

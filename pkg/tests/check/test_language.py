"""The language is found where it is promised to be, and the catalogue is whole."""

import json
import re
from pathlib import Path

import chainrule.check
import pytest
from chainrule.check.language import catalogue, language, read_po

SOURCES = sorted(Path(chainrule.check.__file__).parent.rglob("*.py"))
PO = Path(chainrule.check.__file__).parent / "locale" / "zh.po"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.delenv("CHAINRULE_LANGUAGE", raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def notebook(folder, metadata):
    path = folder / "n.ipynb"
    path.write_text(json.dumps({"metadata": metadata, "cells": []}), encoding="utf-8")
    return str(path)


def test_english_where_nothing_says_otherwise(elsewhere):
    assert language() == "en"


def test_a_folder_named_zh_on_the_way_means_chinese(elsewhere, monkeypatch):
    (elsewhere / "zh" / "01").mkdir(parents=True)
    monkeypatch.chdir(elsewhere / "zh" / "01")
    assert language() == "zh"


def test_the_notebook_goes_before_the_folder_and_the_environment_before_both(elsewhere, monkeypatch):
    (elsewhere / "zh").mkdir()
    monkeypatch.chdir(elsewhere / "zh")
    monkeypatch.setenv("JPY_SESSION_NAME", notebook(elsewhere, {"chainrule": {"language": "en"}}))
    assert language() == "en"
    monkeypatch.setenv("CHAINRULE_LANGUAGE", "zh_CN")
    assert language() == "zh"


@pytest.mark.parametrize("metadata", [{}, {"chainrule": "zh"}, {"chainrule": {"language": 7}}, None])
def test_a_notebook_that_says_nothing_useful_is_passed_over(elsewhere, monkeypatch, metadata):
    monkeypatch.setenv("JPY_SESSION_NAME", notebook(elsewhere, metadata))
    assert language() == "en"


def test_a_session_without_a_file_is_passed_over(elsewhere, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "kernel-1234")
    assert language() == "en"


def test_the_reader_of_po_files_agrees_with_babel():
    from babel.messages import pofile

    with PO.open("rb") as file:
        theirs = {str(m.id): str(m.string) for m in pofile.read_po(file) if m.id}
    assert read_po(PO.read_text(encoding="utf-8")) == theirs


def test_every_message_of_the_sources_is_translated_with_the_same_gaps():
    marked = re.compile(r'N_\(\s*("(?:[^"\\]|\\.)*")\s*\)')
    messages = {json.loads(text) for path in SOURCES for text in marked.findall(path.read_text(encoding="utf-8"))}
    known = read_po(PO.read_text(encoding="utf-8"))
    assert len(messages) > 25
    assert messages == set(known)
    for english, chinese in known.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", chinese))
        assert re.search(r"[一-鿿]", chinese)


def test_english_is_the_text_itself():
    assert catalogue("en").gettext("the sign is the wrong way round") == "the sign is the wrong way round"
    assert catalogue("zh").gettext("the sign is the wrong way round") == "正负号反了"


def test_a_notebook_with_a_byte_order_mark_is_read(elsewhere, monkeypatch):
    path = notebook(elsewhere, {"chainrule": {"language": "zh"}})
    Path(path).write_bytes(b"\xef\xbb\xbf" + Path(path).read_bytes())
    monkeypatch.setenv("JPY_SESSION_NAME", path)
    assert language() == "zh"

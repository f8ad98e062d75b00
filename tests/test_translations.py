"""Every phrase that people read is translated, none is left over, and both say the same values."""

import re

import pytest

from bihuan.project.messages import catalogue, collected

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def _key(msgid):
    return msgid if isinstance(msgid, str) else msgid[0]


def _text(message):
    return message.string if isinstance(message.string, str) else message.string[0]


@pytest.fixture(scope="module")
def messages():
    return {_key(message.id): message for message in catalogue() if message.id}


def test_every_phrase_in_use_is_translated(messages):
    untranslated = {
        _key(msgid): place for msgid, place in collected().items() if not _is_said(messages, msgid)
    }
    assert untranslated == {}


def _is_said(messages, msgid):
    return _key(msgid) in messages and bool(_text(messages[_key(msgid)]))


def test_no_translation_is_left_over(messages):
    assert set(messages) - {_key(msgid) for msgid in collected()} == set()


def test_a_translation_names_the_same_values_as_its_phrase(messages):
    different = {
        key: _text(message)
        for key, message in messages.items()
        if set(PLACEHOLDER.findall(key)) != set(PLACEHOLDER.findall(_text(message)))
    }
    assert different == {}


def test_phrases_of_every_kind_of_source_are_collected():
    places = set(collected().values())
    assert any(place.endswith(".html") for place in places)
    assert {"workflow/steps.py", "documents/model.py", "web/forms/plan.py"} <= places


def test_chinese_text_of_people_is_chinese(messages):
    """A phrase copied over instead of translated would look translated to the other tests."""
    letters = re.compile(r"[A-Za-z]{4,}")
    copied = [key for key, message in messages.items() if letters.search(key) and key == _text(message)]
    assert copied == []

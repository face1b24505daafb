"""Every event ever released is read for ever: a stored sample of each decodes to what it meant when it was written.

`event_samples.json` only grows: a released sample is never changed, a new event or a new last field adds one.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from guanhu.domain.events import TOPICS
from guanhu.store.codec import decode, encode
from guanhu.store.errors import BookDamaged

SAMPLES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("event_samples.json").read_text("utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample["topic"] for sample in SAMPLES])
def test_a_stored_sample_means_what_it_meant(sample: dict[str, Any]) -> None:
    event = decode(sample["topic"], bytes.fromhex(sample["state"]))
    told = json.loads(msgspec.json.encode(msgspec.structs.asdict(event)))
    assert {name: told[name] for name in sample["means"]} == sample["means"]


def test_every_event_has_a_sample() -> None:
    assert {sample["topic"] for sample in SAMPLES} == set(TOPICS)


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample["topic"] for sample in SAMPLES])
def test_what_is_written_today_is_read_back_equal(sample: dict[str, Any]) -> None:
    event = decode(sample["topic"], bytes.fromhex(sample["state"]))
    assert decode(*encode(event)) == event


def test_an_unknown_event_is_damage_not_a_traceback() -> None:
    with pytest.raises(BookDamaged):
        decode("no_such_topic", b"\x90")
    with pytest.raises(BookDamaged):
        decode("contact", b"\x93\x01")

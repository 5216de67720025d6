"""Audio to play is given in exactly one of three ways."""

from __future__ import annotations

import pytest

from scgapi.errors import InvalidArgumentError
from scgapi.models._audio import audio_source
from scgapi.models.attachments import AttachmentData
from scgapi.models.calls import PLAY_AUDIO

ATTACHMENT = AttachmentData.model_validate({"id": "a"})


@pytest.mark.parametrize(
    ("attachment", "url", "source_type", "source", "fields"),
    [
        ("a", None, None, None, {"source_type": "ATTACHMENT", "source": "a"}),
        (ATTACHMENT, None, None, None, {"source_type": "ATTACHMENT", "source": "a"}),
        (None, "https://x.test/a.wav", None, None, {"source_type": "URL", "source": "https://x.test/a.wav"}),
        (None, None, "URL", "u", {"source_type": "URL", "source": "u"}),
        (None, None, "URL", None, {"source_type": "URL"}),
    ],
)
def test_each_way_becomes_the_wires(
    attachment: str | AttachmentData | None,
    url: str | None,
    source_type: str | None,
    source: str | None,
    fields: dict[str, object],
) -> None:
    assert audio_source(PLAY_AUDIO, attachment, url, source_type, source) == fields


@pytest.mark.parametrize(
    ("attachment", "url"),
    [(None, None), ("a", "u"), ("", None), (AttachmentData.model_validate({}), None)],
    ids=range(4),
)
def test_none_or_two_of_them_are_refused(attachment: str | AttachmentData | None, url: str | None) -> None:
    with pytest.raises(InvalidArgumentError, match=r"calls\.play_audio"):
        audio_source(PLAY_AUDIO, attachment, url, None, None)

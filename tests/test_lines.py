"""Files of JSON Lines."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bot import lines

ROWS = b'{"id": "a"}\n{"id": "b"}\n'


def ids(path: Path) -> list[str]:
    faults: list[lines.Fault] = []
    found = list(lines.read(path, lambda row: row["id"], faults.append))
    assert faults == []
    return found


def test_a_packed_file_reads_like_the_plain_one(tmp_path: Path) -> None:
    plain, packed = tmp_path / "articles.jsonl", tmp_path / "articles.jsonl.gz"
    plain.write_bytes(ROWS)
    packed.write_bytes(gzip.compress(ROWS))
    assert ids(plain) == ids(packed) == ["a", "b"]


@pytest.mark.parametrize("body", [gzip.compress(ROWS * 1000)[:-12], b"\x1f\x8b\x08\x00" + b"\xff" * 40, ROWS])
def test_a_file_that_cannot_be_unpacked_is_named(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(body)
    with pytest.raises(OSError, match=r"articles\.jsonl\.gz|gzip"):
        ids(path)

"""Whatever is done to a configuration, the answer is a list of faults that name the file: never a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.load import ConfigError, Fault, check, load

from .conftest import FILES

NOTHING: dict[str, str] = {}
# Files that may speak of one another's entries: a fault made in the first is rightly told in one of the others too.
TOLD_IN = {
    "feeds.toml": {"feeds.toml"},
    "officials.toml": {"officials.toml", "onrecord.toml"},
    "topics.toml": {"topics.toml", "onrecord.toml"},
    "onrecord.toml": {"onrecord.toml"},
}


def checked(name: str, raw: bytes) -> tuple[Fault, ...]:
    """The faults of the small configuration with one file's bytes in place of its own."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for file, text in FILES.items():
            (folder / file).write_bytes(raw if file == name else text.encode())
        faults = check(folder, NOTHING)
        if faults:
            with pytest.raises(ConfigError):
                load(folder, NOTHING)
        else:
            load(folder, NOTHING)
        return faults


def lines_that_matter(name: str) -> list[int]:
    return [at for at, line in enumerate(FILES[name].splitlines()) if "=" in line]


@st.composite
def spoilt(draw: Any) -> tuple[str, bytes]:
    """A file in which one thing is certainly wrong."""
    name = draw(st.sampled_from(sorted(FILES)))
    lines = FILES[name].splitlines()
    at = draw(st.sampled_from(lines_that_matter(name)))
    key, _, value = lines[at].partition(" = ")
    kind = draw(st.sampled_from(["unknown key", "wrong type", "broken", "twice", "not text", "table"]))
    junk = draw(st.text(alphabet="abcdefgh", min_size=1, max_size=8))
    if kind == "unknown key":
        lines[at] = f"zz-{junk} = {value}"
    elif kind == "wrong type":
        lines[at] = f"{key} = {{ {junk} = 1979-05-27T07:32:00 }}"
    elif kind == "broken":
        lines[at] = f"{key} = = {value}"
    elif kind == "twice":
        lines.insert(at, lines[at])
    elif kind == "table":
        lines[at] = f"[zz-{junk}]"
    raw = "\n".join(lines).encode()
    if kind == "not text":
        raw = raw.replace(key.encode(), key.encode() + b"\xff", 1)
    return name, raw


@settings(max_examples=300, deadline=None)
@given(spoilt())
def test_one_thing_certainly_wrong_gives_faults_that_name_the_file(case):
    name, raw = case

    faults = checked(name, raw)

    assert faults
    assert name in {fault.file for fault in faults}
    assert {fault.file for fault in faults} <= TOLD_IN[name]
    assert all(fault.message for fault in faults)


@st.composite
def scribbled(draw: Any) -> tuple[str, bytes]:
    """A file in which some bytes were cut out and others put in: it may or may not still be right."""
    name = draw(st.sampled_from(sorted(FILES)))
    raw = FILES[name].encode()
    start = draw(st.integers(0, len(raw)))
    end = min(len(raw), start + draw(st.integers(0, 30)))
    put = draw(
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from(
                [b'"', b"'''", b"[", b"]]", b"{", b"=", b"\n", b"\x00", b"#", b"\\u0000", b"1e400", b"-inf", b"nan",
                 b"9999-12-31", b"07:32:00", b"true", b"\xef\xbb\xbf", b"[[official]]\n", b"[a.b.c]\n", b"x.y = 1\n"]
            ),
        )
    )  # fmt: skip
    return name, raw[:start] + put + raw[end:]


@settings(max_examples=400, deadline=None)
@given(scribbled())
def test_scribbling_in_a_file_never_gives_a_traceback(case):
    name, raw = case

    assert {fault.file for fault in checked(name, raw)} <= TOLD_IN[name]


TOML = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.dates(), st.times(), st.datetimes()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def toml(value: Any) -> str:
    """The value as TOML writes it inline."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{toml(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
        case int() | float():
            return repr(value)
        case _:
            return value.isoformat()


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_value_at_any_key_is_taken_or_told(data):
    name = data.draw(st.sampled_from(sorted(FILES)))
    lines = FILES[name].splitlines()
    at = data.draw(st.sampled_from(lines_that_matter(name)))
    lines[at] = f"{lines[at].partition(' = ')[0]} = {toml(data.draw(TOML))}"

    assert {fault.file for fault in checked(name, "\n".join(lines).encode())} <= TOLD_IN[name]

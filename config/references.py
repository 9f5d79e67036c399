"""What must agree between the entries of a configuration: ids, references, dates, addresses, cycles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from config import door, judging, outward, web
from config.faults import Fault, did_you_mean, shown

_HOST_AND_PORT = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/:@\[\]]+):(\d{1,5})")
_CHANNEL = re.compile(r"[CGDUW][A-Z0-9]+|#?[a-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One table of a file as read, before its types are known: nothing in it may be taken for granted."""

    file: str
    subject: str  # "official 'dmitry-peskov'"
    values: Mapping[str, object]

    def fault(self, place: str, message: str) -> Fault:
        """A fault at a place inside this entry."""
        return Fault(file=self.file, key=f"{self.subject} {place}", message=message)

    @property
    def id(self) -> str:
        """The id, or nothing where none can be read."""
        value = self.values.get("id")
        return value if isinstance(value, str) else ""


Entries = Mapping[str, Sequence[Entry]]  # by kind: feed, side, official, topic, channel


def faults(entries: Entries, sections: Mapping[str, Entry], *, unreadable: frozenset[str]) -> Iterator[Fault]:
    """Every disagreement; references into `unreadable` files are not judged, since nothing is known of them."""
    for kind in entries:
        yield from _repeated_ids(entries[kind])
    for topic in entries["topic"]:
        yield from _propositions(topic)
    yield from _shared_names(entries["official"])
    yield from _feeds(entries["feed"])
    if "officials.toml" not in unreadable:
        yield from _officials(entries)
        yield from _within(entries["side"])
    yield from _routes(entries, sections, unreadable)
    yield from _settings(sections)


def texts(value: object) -> Iterator[tuple[int, str]]:
    """The texts of a list with their places; nothing for anything else."""
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield index, item


def tables(value: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The tables of a list with their places; nothing for anything else."""
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield index, item


def _known(entries: Iterable[Entry]) -> dict[str, str]:
    """From what people may write (id, name, other names) to the id."""
    known: dict[str, str] = {}
    for entry in entries:
        if not entry.id:
            continue
        known.setdefault(entry.id, entry.id)
        for key in ("name", "aliases", "names", "adjectives"):
            value = entry.values.get(key)
            for _, word in texts([value] if isinstance(value, str) else value):
                known.setdefault(word, entry.id)
    return known


def _unknown(entry: Entry, place: str, value: object, kind: str, entries: Iterable[Entry]) -> Iterator[Fault]:
    """A fault for each id, single or in a list, that no entry carries."""
    single = isinstance(value, str)
    asked = tuple(texts([value] if single else value))
    if not asked:
        return
    entries = tuple(entries)
    for index, wanted in asked:
        if all(other.id != wanted for other in entries):  # asked hundreds of times: a set would cost more
            where = place if single else f"{place}[{index}]"
            yield entry.fault(where, f"unknown {kind} {shown(wanted)}{did_you_mean(wanted, _known(entries))}")


def _repeated_ids(entries: Sequence[Entry]) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in entries:
        spelled = entry.id.removeprefix("#")  # "desk" and "#desk" are one channel
        if spelled and spelled in seen:
            yield entry.fault("id", "is used by an earlier entry too; every id stands once")
        seen.add(spelled)


def _propositions(topic: Entry) -> Iterator[Fault]:
    seen: set[object] = set()
    for index, proposition in tables(topic.values.get("propositions")):
        name = proposition.get("id")
        if isinstance(name, str) and name in seen:
            yield topic.fault(f"propositions[{index}].id", f"{shown(name)} stands twice in this topic")
        seen.add(name if isinstance(name, str) else None)
        groups = proposition.get("words")
        for place, group in enumerate(groups if isinstance(groups, list) else ()):
            if group == []:
                yield topic.fault(f"propositions[{index}].words[{place}]", "an empty group can never be matched")


def _shared_names(officials: Sequence[Entry]) -> Iterator[Fault]:
    """A shared alias is resolved by date and side; a shared full name could not be told apart in an alert."""
    seen: dict[str, str] = {}
    for entry in officials:
        name = entry.values.get("name")
        if not isinstance(name, str) or not name.strip():
            continue
        folded = " ".join(name.casefold().split())
        if seen.setdefault(folded, entry.id) != entry.id:
            other = shown(seen[folded])
            hint = "tell them apart in `name` and keep the shared spelling as an alias"
            yield entry.fault("name", f"official {other} has the same full name; {hint}")


def _feeds(feeds: Sequence[Entry]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for entry in feeds:
        url = entry.values.get("url")
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            address = _same_address(url)
            if "@" in re.split(r"[/?#]", url, maxsplit=3)[2]:
                message = (
                    'holds a login: take it out, set it in the environment as name:password, and write login = "…"'
                )
                yield entry.fault("url", f"{message} with the name of that variable")
            elif address is None:
                yield entry.fault("url", f"{shown(url)} names no host that could be reached")
            elif address in seen:
                yield entry.fault("url", f"feed {shown(seen[address])} polls this address already")
            else:
                seen[address] = entry.id
        for index, allowed in texts(entry.values.get("allow")):
            found = _HOST_AND_PORT.fullmatch(allowed)
            if not found or not 0 < int(found[1]) < 65536:
                yield entry.fault(f"allow[{index}]", f"{shown(allowed)} is not host:port, such as 10.1.2.3:443")


def _same_address(url: str) -> str | None:
    """The address in one spelling, so that a feed is polled once; None: no host, or no valid port."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or any(letter.isspace() for letter in url):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme.casefold()]
    place = f"{host.rstrip('.')}:{port or usual}"
    return f"{parts.scheme.casefold()}://{place}{parts.path.rstrip('/')}?{parts.query}"


def _officials(entries: Entries) -> Iterator[Fault]:
    sides, officials = entries["side"], entries["official"]
    for entry in officials:
        for index, mandate in tables(entry.values.get("mandates")):
            place = f"mandates[{index}]"
            side = mandate.get("side")
            yield from _unknown(entry, f"{place}.side", side if isinstance(side, str) else None, "side", sides)
            yield from _unknown(entry, f"{place}.speaks_for", mandate.get("speaks_for"), "official", officials)
            since, until = _day(mandate.get("since")), _day(mandate.get("until"))
            if since and until and until < since:
                yield entry.fault(f"{place}.until", f"{until} lies before since = {since}")


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _within(sides: Sequence[Entry]) -> Iterator[Fault]:
    larger = {entry.id: tuple(name for _, name in texts(entry.values.get("within"))) for entry in sides}
    for entry in sides:
        yield from _unknown(entry, "within", entry.values.get("within"), "side", sides)
    told: set[str] = set()
    for entry in sides:
        circle = _circle(entry.id, larger)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            yield entry.fault("within", f"runs in a circle: {' within '.join((*circle, circle[0]))}")


def _circle(start: str, larger: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a side through the larger sides back to itself; empty: there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    visited: set[str] = set()
    for way in ways:  # grows while it is walked: breadth first
        for side in larger.get(way[-1], ()):
            if side == start:
                return way
            if side not in visited:
                visited.add(side)
                ways.append((*way, side))
    return ()


_ROUTED = (
    ("topics", "topic", "topics.toml"),
    ("sides", "side", "officials.toml"),
    ("officials", "official", "officials.toml"),
)


def _routes(entries: Entries, sections: Mapping[str, Entry], unreadable: frozenset[str]) -> Iterator[Fault]:
    """What a channel, or a list of readers, names that is not there."""
    for key, kind, file in _ROUTED:
        if file in unreadable:
            continue
        for entry in entries["channel"]:
            yield from _unknown(entry, key, entry.values.get(key), kind, entries[kind])
        for place, readers in outward.readers(sections):
            yield from _unknown(sections["mail"], f"lists[{place}].{key}", readers.get(key), kind, entries[kind])


def _settings(sections: Mapping[str, Entry]) -> Iterator[Fault]:
    """What the types of the settings cannot say."""

    def of(section: str, key: str) -> object:
        return sections[section].values.get(key) if section in sections else None

    def fault(section: str, key: str, message: str) -> Fault:
        return sections[section].fault(key, message)

    if "judge" in sections:
        yield from judging.faults(sections["judge"])
    yield from door.faults(sections)
    yield from web.faults(sections)
    yield from outward.faults(sections)
    channel, path = of("slack", "operator_channel"), of("ledger", "path")
    if isinstance(channel, str) and channel and not _CHANNEL.fullmatch(channel):
        yield fault("slack", "operator_channel", f"{shown(channel)} is no Slack channel id (such as C0123ABCD)")
    if isinstance(path, str) and not path.strip():
        yield fault("ledger", "path", "is empty")
    if isinstance(path, str) and re.match(r"\w[\w+.-]*://[^/\s@]*:[^/\s@]+@", path):
        yield fault("ledger", "path", "holds a password: set ONRECORD_DATABASE_URL in the environment instead")
    base = of("slack", "base_url")
    if isinstance(base, str) and not re.match(r"https?://[^\s/]+/", base):
        yield fault("slack", "base_url", "must be an http or https address that ends in '/'")
    settling = of("slack", "settling_seconds")
    # A card is looked for only once no call that might still post it can be under way.
    if isinstance(settling, (int, float)) and 0 < settling <= 10:
        yield fault("slack", "settling_seconds", "must be over 10, the seconds that one call to Slack may take")
    fastest, slowest = of("polling", "fastest_minutes"), of("polling", "slowest_minutes")
    if isinstance(fastest, (int, float)) and isinstance(slowest, (int, float)) and 0 < slowest < fastest:
        yield fault("polling", "slowest_minutes", f"{slowest} lies under fastest_minutes = {fastest}")
    low, high = of("alerts", "minimum_score"), of("alerts", "high_score")
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
        yield fault("alerts", "high_score", f"{high} lies under minimum_score = {low}")

"""One remark on one occasion, however many outlets report it: which known remark a fresh statement reports, if any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    and_,
    bindparam,
    desc,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)

from bot.ledger.database.prepared import Asked, added, asked, kind
from bot.ledger.nearness.likeness import LEAST, Wording, contained, fingerprints, likeness
from bot.ledger.record import amended
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Big
from bot.model import Statement

OCCASION = timedelta(days=3)  # reports of one remark differ by no more
SHORT_OCCASION = timedelta(days=1)  # a few words are said again soon
QUOTED_AGAIN = timedelta(days=30)  # an undated report of many equal words repeats the remark, not the speaker
LOOSE = timedelta(days=7)  # an interval wider than that dates no short quote
ANY_DAY = date.min  # what was said within an interval as wide as that is found whatever the day
AROUND = 2 * (QUOTED_AGAIN + LOOSE)  # a report and another of its remark, and that remark and a fresh report
CANDIDATES = 40  # by shared fingerprints
NEARBY = 100  # short statements of the same days

_ANY_SIZE = 2**31 - 1
_SEVERAL = (1, 4, 16, 64, 256, 1024, 4096)  # of how many parties and fingerprints a query asks
_told, _prints, _remark = schema.statement.c, schema.fingerprint.c, schema.utterance.c
_LONGEST = select(func.max(_told.length)).where(_told.utterance_id == bindparam("remark"), amended.stands())


@lru_cache(maxsize=64)
def _reports(dialect: Dialect, parties: int, prints: int, below: int) -> Asked:
    """What so many parties have said in much the same words, or in few words in those days, and may be one remark.

    Fewer than `below` are few: it stands in the query as it is, for there is an index of just these.
    """
    whose = [bindparam(f"party{at}", type_=Big) for at in range(parties)]
    hashes = [bindparam(f"hash{at}", type_=BigInteger) for at in range(prints)]
    shared = select(_prints.statement_id).where(_prints.party_id.in_(whose), _prints.hash.in_(hashes))
    around = _prints.day.between(bindparam("begin"), bindparam("end"))
    words = union_all(shared.where(around), shared.where(_prints.day == ANY_DAY)).subquery().c.statement_id
    hits = select(words).group_by(words).order_by(desc(func.count()), desc(words)).limit(CANDIDATES)
    nearby = (
        select(_told.id)
        .where(
            _told.party_id.in_(whose),
            _told.day.between(bindparam("first"), bindparam("last")),
            _told.size < literal_column(str(below)),
        )
        .order_by(desc(_told.id))
        .limit(NEARBY)
    )
    told = (
        select(
            _told.utterance_id,
            _told.kind,
            _told.negated,
            _told.quote,
            _told.content,
            _told.verbatim,
            _told.start,
            _told.said_first.is_not(None),
            _remark.first,
            _remark.last,
        )
        .join(schema.utterance)
        .where(
            _told.id.in_(union_all(*(select(some.subquery()) for some in (hits, nearby)))),
            _remark.last >= bindparam("earliest"),
            _remark.first <= bindparam("latest"),
            or_(
                _told.said_first.is_(None),
                and_(_remark.last >= bindparam("earliest_dated"), _remark.first <= bindparam("latest_dated")),
            ),
        )
        .order_by(_told.id)
    )
    return Asked.of(told, dialect)


@dataclass(frozen=True)
class Report:
    """What of a statement decides whether two of them report one remark."""

    kind: str
    negated: bool
    quote: str
    content: str
    verbatim: tuple[str, ...]
    first: date
    last: date
    dated: bool

    @cached_property
    def exact(self) -> tuple[Wording, ...]:
        """The words that stood in quotation marks."""
        texts = (self.quote,) if self.kind == "direct" else self.verbatim
        return tuple(wording for wording in map(Wording.of, texts) if wording.words)

    @cached_property
    def whole(self) -> Wording:
        """The quote with what the outlet wrote around it."""
        return Wording.of(self.quote)

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """All that can be compared."""
        return self.exact if self.kind == "direct" else (*self.exact, self.whole)

    @property
    def size(self) -> int:
        """Words of its shortest stretch."""
        return min((len(wording.words) for wording in self.exact or (self.whole,)), default=0)

    @property
    def day(self) -> date:
        """The day under which its words are found."""
        return self.first if self.last - self.first <= LOOSE else ANY_DAY

    @cached_property
    def prints(self) -> frozenset[int]:
        """The fingerprints of all that can be compared."""
        return frozenset().union(*map(fingerprints, self.wordings))


def report(statement: Statement, day: date) -> Report:
    """A statement as a report; `day` stands in for an unknown date."""
    said = statement.said
    return Report(
        kind=statement.kind,
        negated=statement.negated,
        quote=statement.quote,
        content=statement.content,
        verbatim=_cut(statement.quote, statement.span.start, [(span.start, span.end) for span in statement.verbatim]),
        first=said.first if said else day,
        last=said.last if said else day,
        dated=said is not None,
    )


def _cut(quote: str, start: int, stretches: Iterable[Sequence[int]]) -> tuple[str, ...]:
    return tuple(quote[begins - start : ends - start] for begins, ends in stretches)


def same_remark(fresh: Report, known: Report) -> float:
    """How sure it is, 0 to 100, that both report one remark of the same speaker; 0: they do not."""
    if fresh.negated != known.negated:
        return 0.0
    apart = max(fresh.first - known.last, known.first - fresh.last, timedelta())
    if apart > (OCCASION if fresh.dated and known.dated else QUOTED_AGAIN):
        return 0.0  # as `_exact` would tell of every two of their wordings
    best = max((_exact(a, b, fresh, known, apart) for a in fresh.exact for b in known.exact), default=0.0)
    if best or "direct" in {fresh.kind, known.kind} or apart > OCCASION:
        return best
    return likeness(fresh.whole, known.whole, alike=90, held=None)  # two paraphrases: only when strong


def _exact(a: Wording, b: Wording, fresh: Report, known: Report, apart: timedelta) -> float:
    size = min(len(a.words), len(b.words))
    if size >= LEAST:
        score = likeness(a, b)
        undated = not (fresh.dated and known.dated)
        window = QUOTED_AGAIN if undated and size >= 8 and score >= 92 else OCCASION
        return score if apart <= window else 0.0
    loose = fresh.last - fresh.first > LOOSE or known.last - known.first > LOOSE
    if apart > SHORT_OCCASION or loose:
        return 0.0
    if size >= 4:
        return 95.0 if contained(a, b) else 0.0
    if a.words != b.words:
        return 0.0
    if size == 3:
        return 92.0
    # "Yes." is said often: what it answers must be the same too
    alike = fuzz.token_set_ratio(Wording.of(fresh.content).text, Wording.of(known.content).text)
    return alike if alike >= 80 else 0.0


def remark_of(connection: Connection, value: Statement, parties: Sequence[int]) -> int | None:
    """The remark that a statement on record reports, if its speaker has one of these rows."""
    told = schema.statement.c
    same = select(told.utterance_id).where(told.key == value.key, told.party_id.in_(parties))
    remark = connection.scalar(same) if parties else None
    return None if remark is None else int(remark)


def place(connection: Connection, fresh: Report, party: int | None, best: tuple[int, Report] | None) -> int:
    """The remark that `fresh` reports: that of its `likeliest` report, else made. Of an unknown speaker each is one."""
    if best is None:
        return added(connection, schema.utterance, party_id=party, first=fresh.first, last=fresh.last)
    _narrow(connection, *best, fresh)
    return best[0]


def likeliest(fresh: Report, known: Iterable[tuple[int, Report]]) -> tuple[int, Report] | None:
    """Of reports with their remarks the one that surest reports the same remark; None where none does."""
    scored = [(same_remark(fresh, report), (remark, report)) for remark, report in known]
    score, best = max(scored, key=lambda one: one[0], default=(0.0, None))
    return best if score else None


def found_under(fresh: Report, best: tuple[int, Report] | None) -> date:
    """The day under which the words of a report are found, once it is filed under the remark of its `likeliest`."""
    # of a remark that has no day yet the next report may be of any in between, and share words with this one alone
    return fresh.day if best is None or best[1].day != ANY_DAY else ANY_DAY


def longest(connection: Connection, remark: int) -> int | None:
    """How many words the longest report of a remark has of those that still stand."""
    words: int | None = asked(connection, _LONGEST).rows(connection, {"remark": remark})[0][0]
    return words


def says_more(fresh: Report, longest: int | None) -> bool:
    """Whether a report says what none does that is on record, of which the longest has so many words."""
    words = len(fresh.whole.words)
    # a snippet came first and now the whole: it may hold a position that the snippet did not; where no report stands
    # any more, what came between was compared with none
    return longest is None or (words >= longest + LEAST and words >= 1.5 * longest)


def _narrow(connection: Connection, remark: int, known: Report, fresh: Report) -> None:
    narrow = max(known.first, fresh.first), min(known.last, fresh.last)
    if fresh.dated and narrow[0] <= narrow[1] and narrow != (known.first, known.last):
        connection.execute(update(schema.utterance).where(_remark.id == remark).values(first=narrow[0], last=narrow[1]))


def searched(fresh: Report) -> tuple[date, date, int]:
    """The days in which shorter statements than so many words are looked at for one remark, whatever their words."""
    # a long quote finds long ones by fingerprint: only a short one can have escaped
    below = LEAST if fresh.size >= LEAST else _ANY_SIZE
    return _within(LOOSE + SHORT_OCCASION, fresh)[0], _within(SHORT_OCCASION, fresh)[1], below


def _within(apart: timedelta, fresh: Report) -> tuple[date, date]:
    return fresh.first - min(apart, fresh.first - date.min), fresh.last + min(apart, date.max - fresh.last)


def candidates(connection: Connection, fresh: Report, parties: Sequence[int]) -> list[tuple[int, Report]]:
    """What may be a report of the same remark of a speaker, who has these rows, each with its remark."""
    prints = sorted(fresh.prints) or [0]
    first, last, below = searched(fresh)
    begin, end = _within(AROUND, fresh)
    earliest, latest = _within(QUOTED_AGAIN, fresh)  # nothing farther away is one remark: see `same_remark`
    given: dict[str, Any] = {"first": first, "last": last, "begin": begin, "end": end}
    given |= {"earliest": earliest, "latest": latest}
    given["earliest_dated"], given["latest_dated"] = _within(OCCASION, fresh) if fresh.dated else (earliest, latest)
    counts = []
    for name, several in (("party", list(parties)), ("hash", prints)):
        count = next((many for many in _SEVERAL if many >= len(several)), len(several))
        given |= {f"{name}{at}": one for at, one in enumerate(several + several[-1:] * (count - len(several)))}
        counts.append(count)
    rows = _reports(kind(connection), *counts, below).each(connection, given)
    return [(row[0], _known(row)) for row in rows]


def recalled(day: date, of: str, quote: str, verbatim: Iterable[Sequence[int]], start: int) -> Report:
    """What of a statement on record decides whether it is looked at."""
    exact = _cut(quote, start, verbatim)
    return Report(kind=of, negated=False, quote=quote, content="", verbatim=exact, first=day, last=day, dated=False)


def _known(row: Sequence[Any]) -> Report:
    _, of, negated, quote, content, verbatim, start, dated, first, last = row
    return Report(
        kind=of,
        negated=negated,
        quote=quote,
        content=content,
        verbatim=_cut(quote, start, verbatim),
        first=first,
        last=last,
        dated=dated,
    )

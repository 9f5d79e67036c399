"""A unit of work: all that one article brings is kept together, or none of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, bindparam, insert, select

from bot.calibration import Rules
from bot.ledger.alerts import mends
from bot.ledger.alerts.alert_rows import conflict_row, heads, load_alerts
from bot.ledger.alerts.alerts import UNPOSTED, copies, join, mark, one_alert, raise_alert
from bot.ledger.alerts.desk import take_back
from bot.ledger.alerts.thresholds import standings
from bot.ledger.database.prepared import added, asked
from bot.ledger.errors import Unproven
from bot.ledger.flow import routes
from bot.ledger.flow_records import Flow, Routed
from bot.ledger.nearness.filing import Stored
from bot.ledger.nearness.utterances import found_under, place, remark_of, says_more
from bot.ledger.record import articles, involved, texts
from bot.ledger.record.rows import alert, conflict, delivery, statement_row
from bot.ledger.records import Change
from bot.ledger.tables import schema
from bot.ledger.turn import Turn
from bot.mending import Mended
from bot.model import Alert, Conflict, DeliveryState, Position, Statement
from config.schema import Channel
from config.values import ConflictKind, Strength

_STATEMENT = select(schema.statement.c.id).where(schema.statement.c.key == bindparam("key"))
_CONFLICTS = select(schema.conflict.c.key).where(schema.conflict.c.key.in_(bindparam("keys", expanding=True)))
_STORIES = select(schema.alert.c.number, schema.alert.c.case).where(
    schema.alert.c.number.in_(bindparam("numbers", expanding=True))
)
_INTO_CONFLICTS = insert(schema.conflict)
_PRINTS = insert(schema.fingerprint)


class Work(Turn):
    """One transaction of the writer. Nothing of it remains unless `commit` was reached."""

    def statement(self, statement: Statement, replaces: Statement | None = None) -> bool:
        """Store a statement for good and file it under the remark that it reports: that of the one it `replaces`.

        True when it says something new: no report of the remark is on record, or only snippets of it are. Refuses
        (`Unproven`) a quote that does not equal the stored text at its span.
        """
        if self._knows(statement):
            return False
        number = self._proven(statement)
        told = self._filing.report(statement)
        party, entries = self._filing.party(statement.party), self._filing.entries(statement.party)
        remark = remark_of(self._live, replaces, entries) if replaces else None
        best = self._filing.likeliest(told, entries) if remark is None else None
        first = remark is None and best is None
        new = best is None or says_more(told, self._filing.longest(best[0]))
        if remark is None:
            remark = place(self._live, told, next(iter(entries), None), best)
        stored = added(
            self._live,
            schema.statement,
            article_id=number,
            utterance_id=remark,
            party_id=party,
            length=len(told.whole.words),
            size=told.size,
            **statement_row(statement),
        )
        prints, day = told.prints if party is not None else (), found_under(told, best)
        rows = [{"party_id": party, "hash": value, "day": day, "statement_id": stored} for value in sorted(prints)]
        if rows:
            asked(self._live, _PRINTS).done(self._live, *rows)
        self._filing.stored(statement, Stored(stored, remark, number, party, fresh=True), told, first=first)
        return new

    def _knows(self, statement: Statement) -> bool:
        """Whether it is on record; of a text that came with this unit of work nothing else can be."""
        if self._first_with(statement.source.text_hash):
            return self._filing.knows(statement)
        return self._live.scalar(_STATEMENT, {"key": statement.key}) is not None

    def _proven(self, statement: Statement) -> int:
        source, span = statement.source, statement.span
        number, text = self._stored_text(source.article, source.text_hash)
        if span.of(text) != statement.quote:
            raise Unproven(f"a quote of article {source.article} does not equal its text at {span.start}")
        if any(part.start < span.start or part.end > span.end for part in statement.verbatim):
            raise Unproven(f"exact words of article {source.article} lie outside their quote at {span.start}")
        return number

    def _stored_text(self, name: str, text_hash: str) -> tuple[int, str]:
        """Row and text of a version of an article; those of the last one asked for are at hand."""
        if self._at_hand[0] != (name, text_hash):
            number, found = articles.number_of(self._live, name, text_hash), texts.stored(self._live, text_hash)
            if number is None or found is None:
                raise Unproven(f"the text of article {name} is not on record")
            self._at_hand = (name, text_hash), (number, found.text)
        return self._at_hand[1]

    def filed(self, position: Position) -> Position:
        """The position under the topic where it stands, if it is on record, or else would stand.

        Editors merge topics; and what a longer report of a remark says again stands where the shorter one does.
        """
        _ = self._live
        return self._filing.filed(position)

    def position(self, position: Position, filed: Position | None = None, like: Position | None = None) -> None:
        """Store a position; its statement must be on record. Once more the same one: nothing.

        `filed` is the same one under the topic to which it was linked, and knows why; it stays known as it was read.
        `like` is the one on record to which it was linked: where editors move that one, it goes too.
        """
        self._position(position, filed, like)

    def report(self, position: Position) -> None:
        """Store a position of one more report of a remark: it stands where the first report does."""
        _ = self._live
        self._position(position, self._filing.as_reported(position))

    def _position(self, position: Position, filed: Position | None = None, like: Position | None = None) -> int:
        _ = self._live
        return self._filing.store(position, filed, like)

    def near(self, position: Position, since: date | None = None, limit: int = 500) -> tuple[Position, ...]:
        """What a position may conflict with, the likeliest first: see `bot.ledger.nearness.nearby`."""
        _ = self._live
        return self._filing.near(position, since, limit)

    def conflicts(self, found: Iterable[Conflict]) -> tuple[Conflict, ...]:
        """Store conflicts with their positions; those that were not on record, in the order given."""
        by_key: dict[str, Conflict] = {}
        for one in found:
            by_key.setdefault(one.key, one)
        known = frozenset(self._live.scalars(_CONFLICTS, {"keys": list(by_key)})) if by_key else frozenset()
        news = [one for key, one in by_key.items() if key not in known]
        if news:
            self._live.execute(_INTO_CONFLICTS, [self._conflict_row(one) for one in news])
            involved.keep(self._live, [one.key for one in news])
        return tuple(news)

    def _conflict_row(self, conflict: Conflict) -> dict[str, object]:
        return {
            "fresh_id": self._position(conflict.fresh),
            "earlier_id": self._position(conflict.earlier),
            "bridge_id": self._position(conflict.bridge) if conflict.bridge else None,
            **conflict_row(conflict),
        }

    def posted_from(self, rules: Rules) -> dict[ConflictKind, float]:
        """From which score a conflict of each kind is posted today."""
        return {stands.kind: stands.threshold for stands in standings(self._live, rules)}

    def alerts_of(self, cases: Iterable[str], since: datetime) -> dict[str, tuple[Alert, ...]]:
        """Of each case its alerts in any channel that are not withdrawn, newest first; dismissed ones are decided.

        Only those that were raised since then, or gained evidence since: a story that goes on keeps its card.
        """
        evidence = schema.alert_evidence.c
        lately = select(evidence.alert_number).where(evidence.joined_at >= since)
        called = {name: case for case in cases for name in self._filing.cases(case)}
        found = load_alerts(
            self._live,
            alert.case.in_(called),
            (alert.created_at >= since) | alert.number.in_(lately),
            alert.withdrawn_at.is_(None),
            delivery.state != "withdrawn",
        )
        of_case: dict[str, tuple[Alert, ...]] = {}
        if found:  # one of them may bear the name that its case had before its people were made one
            rows = self._live.execute(_STORIES, {"numbers": [one.number for one in found]})
            named = {row.number: called[row.case] for row in rows}
            for one in found:
                of_case[named[one.number]] = (*of_case.get(named[one.number], ()), one)
        return of_case

    def alerts_on(self, told: Sequence[Statement]) -> tuple[Alert, ...]:
        """Alerts, not withdrawn ones, that show any of these statements, newest first."""
        return mends.alerts_on(self._live, told)

    def show_again(self, told: Sequence[Statement], now: datetime) -> tuple[Alert, ...]:
        """Make the cards that show any of these statements due for an update: what an outlet did to them is news."""
        return mends.show_again(self._live, told, now)

    def mend(
        self, old: Statement, new: Statement, changes: Sequence[Mended], *, by: str, why: str, now: datetime
    ) -> None:
        """Put `new` in the place of a statement that people corrected; `old` stays on record. `AlreadyMended`."""
        mends.refuse_second(self._live, old)
        self.statement(self._filing.as_filed(old, new), old)
        mends.add(self._live, old, new, changes, by=by, why=why, now=now)
        self._filing.amended()

    def reword(
        self, number: int, lead: Conflict | None, evidence: Sequence[Position], change: Change, now: datetime
    ) -> None:
        """Let `lead` head an alert and its copies, and `evidence` join them; each thread tells why."""
        found = self._stored(lead) if lead else None
        mends.reword(self._live, number, found, [self._position(one) for one in evidence], change, now=now)

    def take_back(self, number: int, reason: str, by: str, now: datetime) -> tuple[int, ...]:
        """Withdraw an alert with its copies, whose numbers these are."""
        mine = self.copies(number)
        take_back(self._live, number, reason, by, now)
        return mine

    def copies(self, number: int) -> tuple[int, ...]:
        """The alerts on the same pair of remarks in whatever channel, this one first; not those withdrawn."""
        return tuple(copies(self._live, number))

    def alert(
        self,
        conflict: Conflict,
        channel: str,
        strength: Strength,
        now: datetime,
        further: Sequence[Position] = (),
        *,
        state: DeliveryState = "pending",
    ) -> Alert | None:
        """Raise an alert: its card is pending, the evidence follows in its thread. None: it was raised before.

        `further` positions of the same case are evidence of it from the start. In another `state` it has no card:
        it is held for a digest, or only listed.
        """
        self.conflicts([conflict])
        places = [self._position(position) for position in further]
        number = raise_alert(self._live, conflict, channel, strength, now, further=places, state=state)
        return None if number is None else one_alert(self._live, number)

    def flow(self, channels: Sequence[Channel], now: datetime) -> Flow:
        """What holds now for the files' channels and for whoever else wishes to hear of something."""
        return routes.flow(self._live, channels, now)

    def show(self, number: int, state: DeliveryState) -> Alert:
        """Let an alert without a card have one after all (pending), or hold it for a digest."""
        mark(self._live, [number], UNPOSTED, state)
        return one_alert(self._live, number)

    def routed(self, conflict: Conflict, *outcomes: Routed) -> None:
        """Store why a conflict on record was or was not sent somewhere."""
        routes.add(self._live, conflict, outcomes)

    def join(
        self,
        number: int,
        *evidence: Conflict | Position,
        lead: Conflict | None = None,
        now: datetime,
        aloud: bool = True,
    ) -> Alert:
        """Add evidence to an alert, and let `lead` head its card from now on; the title stays for its life.

        What is new to the alert makes an update of the card and (`aloud`) a reply in its thread due; nothing new:
        no-op.
        """
        places = [place for one in evidence for place in self._places(one)]
        join(self._live, number, places, self._stored(lead) if lead else None, now, aloud=aloud)
        return one_alert(self._live, number)

    def _places(self, evidence: Conflict | Position) -> Iterable[int]:
        if isinstance(evidence, Position):
            return (self._position(evidence),)
        return heads(self._stored(evidence))

    def _stored(self, value: Conflict) -> RowMapping:
        self.conflicts([value])
        return self._live.execute(select(schema.conflict).where(conflict.key == value.key)).mappings().one()

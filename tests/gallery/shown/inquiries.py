"""What the running service would look up, as values: the answers that the gallery shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from strait_story import NOW, Story

from bot.desk import roster
from bot.inquiries import (
    Checked,
    Close,
    CloseCalls,
    Otherwise,
    Reason,
    Reasons,
    Replayed,
    Sample,
    Taken,
    Trial,
    Unanswered,
)
from bot.ledger import Ledger
from bot.ledger.asked import Sought
from bot.ledger.people.roster import RosterChange
from config.schema import Config, Official, Side

_FEED = "https://harbour.example.org/feed"
LIST = f'<opml version="2.0"><body><outline text="The Harbour Times" xmlUrl="{_FEED}"/></body></opml>'


class Known:
    """Answers as the service would; an address with "nowhere" in it cannot be reached."""

    def __init__(self, story: Story, ledger: Ledger, files: Config) -> None:
        self._story, self._ledger, self._files = story, ledger, files

    def check(self, words: str) -> Checked:
        """The story's reply, held against the claim."""
        conflict = self._story.conflict
        if "nowhere" in words:
            raise Unanswered("nowhere.example cannot be reached. Check the address, or give the text itself.")
        if "weather" in words:
            return Checked(title="The weather", url=None, outlet="", taken=(), notes=("Nobody is quoted in it.",))
        taken = Taken(statement=conflict.fresh.statement, positions=(conflict.fresh,), conflicts=(conflict,))
        url = conflict.fresh.statement.source.url
        return Checked(title="Kessland keeps its distance", url=url, outlet="The Courier", taken=(taken,))

    def why(self, names: Sequence[str]) -> Reasons:
        """Two steps, the second of which ends it."""
        del names
        steps = (
            Reason(title="Are they on one question?", told=("Both are on monitors at the strait.",)),
            Reason(title="Threshold", told=("“denied claim” is posted from 0.60 on; this one has 0.41.",), ends=True),
        )
        heading = ("A  Velden, 24 Feb 2031", "B  Halasz, 25 Feb 2031")
        return Reasons(heading=heading, steps=steps, verdict="Under the threshold: no alert.", others=2)

    def close(self, sought: Sought) -> CloseCalls:
        """One pair, of two straits."""
        del sought
        pair = self._story.conflict
        told = (
            "Place: A “northern strait”, B “southern strait” (different).",
            "All else is alike and the place differs: close, but not in conflict, so no alert.",
        )
        close = Close(earlier=pair.earlier, later=pair.fresh, would="a claim and its answer", told=told)
        return CloseCalls(pairs=(close,), looked=200, all=False)

    def trial(self, url: str) -> Trial:
        """A feed of which one entry can be read."""
        if "nowhere" in url:
            raise Unanswered("nowhere.example cannot be reached. Check the address.")
        good = Sample(title="Talks go on", url=None, published=NOW, outcome="full text on its page", readable=True)
        wall = Sample(title="Analysis", url=None, published=NOW, outcome="only the summary: paywall", readable=False)
        oldest = NOW - timedelta(days=9)
        return Trial(url=url, entries=12, dated=11, newest=NOW, oldest=oldest, known=3, samples=(good, wall))

    def outline(self, url: str) -> str:
        """A list with one feed."""
        del url
        return LIST

    def sources_changed(self) -> None:
        """Nothing is watched here."""

    def roster(self) -> tuple[tuple[Official, ...], tuple[Side, ...]]:
        """The files' people and sides with those of the record over them."""
        merged = roster.merged(self._files, self._ledger.roster())
        return merged.officials, merged.sides

    def change_roster(self, change: RosterChange) -> RosterChange:
        """Written down if it makes sense."""
        made = self._ledger.change_roster(change)
        assert made is not None
        return made

    def roster_changed(self) -> None:
        """Nothing is read here."""

    def replay(self, asked: Otherwise) -> Replayed:
        """One alert less, one more."""
        del asked
        other = replace(self._story.conflict, title="Sternad vs Orlik on monitors at the strait")
        changed = {"posted from": "0.60 → 0.40"}
        return Replayed(considered=7, stays=5, vanish=(self._story.alert,), appear=(other,), settings=changed)

"""The story of the strait with texts that nobody expects: of unusual length, script, or intent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from strait_story import Story

from bot.model import Alert, Position, Span

FILLERS: Mapping[str, str] = {
    "one word": "x" * 4000,
    "words": "word " * 1500,
    "entities": "<&>" * 1500,
    "mentions": "@here :boom: *b* _i_ ~s~ `c` <!channel> <@U0ADA> <https://evil.example|NYT> " * 60,
    "Cyrillic": "Ж" * 3000,
    "CJK": "海峡の監視団は受け入れられない。" * 250,
    "right to left": "لن نقبل أي مراقبين في المضيق " * 130,
    "emoji": "😀👩‍👩‍👧‍👦🏴‍☠️" * 500,
    "combining": "e\u0301\u0323\u0302" * 1000,
    "zero width": "a\u200b\u202e\u2066\ufeff\u00ad" * 800,
    "lines": "a\nb\n> c\n" * 600,
    "quotes": "“a” 'b' \"c\" «d» " * 300,
}


def swollen(alert: Alert, filler: str) -> Alert:
    """The alert with every text replaced."""
    conflict = alert.conflict
    bridge = _swollen(conflict.bridge or conflict.earlier, filler)
    told = replace(
        conflict,
        fresh=_swollen(conflict.fresh, filler),
        earlier=_swollen(conflict.earlier, filler),
        bridge=bridge,
        title=filler,
        lede=filler,
        why=filler,
        check_first=(filler,) * 20,
    )
    return replace(alert, conflict=told, joined=(bridge,) * 30, decision_note=filler, reason=filler)


def _swollen(position: Position, filler: str) -> Position:
    said = position.statement
    source = replace(said.source, outlet=filler, title=filler, url="https://example.org/?q=" + "a&" * 1400)
    assert said.speaker is not None
    assert said.speaker.party is not None
    assert said.said is not None
    party = replace(said.speaker.party, name=filler, role=filler)
    half = len(filler) // 2
    grown = replace(
        said,
        source=source,
        speaker=replace(said.speaker, party=party, as_written=filler),
        span=Span(start=0, end=len(filler)),
        quote=filler,
        verbatim=(Span(start=0, end=half), Span(start=half + 1, end=len(filler))),
        before=filler,
        after=filler,
        caveats=(filler,) * 20,
        said=replace(said.said, how=filler),
        amended=filler,
    )
    return replace(
        position,
        statement=grown,
        holder=replace(position.holder, name=filler),
        topic_name=filler,
        scope=tuple((filler[:200] + str(slot), filler) for slot in range(12)),
    )


def on_record(story: Story, filler: str) -> Story:
    """The story with every text replaced, the articles too, so that each quotation stands where it says."""
    articles = {article.id: replace(article, text=filler, title=filler, outlet=filler) for article in story.articles}
    alert = swollen(story.alert, filler)

    def placed(position: Position | None, less: int) -> Position:
        assert position is not None
        said = position.statement
        text_hash = articles[said.source.article].text_hash
        whole = Span(start=0, end=len(filler) - less)  # no two at one place
        told = replace(
            said, source=replace(said.source, text_hash=text_hash), span=whole, quote=whole.of(filler), verbatim=()
        )
        return replace(position, statement=replace(told, kind="indirect"))

    conflict = replace(
        alert.conflict,
        fresh=placed(alert.conflict.fresh, 0),
        earlier=placed(alert.conflict.earlier, 0),
        bridge=placed(alert.conflict.bridge, 1),
    )
    return replace(story, articles=tuple(articles.values()), conflict=conflict, alert=replace(alert, conflict=conflict))


def quoting(alert: Alert, words: str, *, name: str | None = None, outlet: str | None = None) -> Alert:
    """The alert with these words as the fresh quotation, in full; speaker and outlet renamed where that is asked."""
    fresh = alert.conflict.fresh
    said = fresh.statement
    whole = Span(start=0, end=len(words))
    assert said.speaker is not None
    assert said.speaker.party is not None
    party = replace(said.speaker.party, name=name or said.speaker.party.name)
    told = replace(
        said,
        quote=words,
        span=whole,
        verbatim=(whole,),
        speaker=replace(said.speaker, party=party),
        source=replace(said.source, outlet=outlet or said.source.outlet),
    )
    title = f"{name or 'Halasz'} vs Velden on monitors at the strait"
    return replace(alert, conflict=replace(alert.conflict, fresh=replace(fresh, statement=told), title=title))

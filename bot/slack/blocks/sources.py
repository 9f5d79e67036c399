"""Sources: the list, how they do, a trial, and the question what becomes of a new one's past."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import forms, lists, modals, parts
from bot.slack.blocks.home import feed_line
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.inquiries import Trial
    from bot.ledger.feeds.entries import GivenUp
    from bot.ledger.feeds.feeds import Summaries
    from bot.ledger.flow.sources import SourceChange
    from bot.slack.blocks.parts import Block, Payload
    from bot.slack.sources import Known

ADD_SKIP = "source_add_skip"
ADD_FILL = "source_add_fill"
DECLINE = "source_decline"
IMPORT = "source_import"  # callback_ids of the two modals
IMPORT_THESE = "source_import_these"
OUTLINE, OUTLINE_URL, PAST = "source_outline", "source_outline_url", "source_past"
LATELY = timedelta(days=1)
_STATES: Mapping[str, str] = {
    "suggested": "waits for an editor",
    "declined": "declined",
    "paused": "paused",
    "removed": "removed",
}


def listed(sources: Sequence[Known]) -> Payload:
    """Every source with its id, state and origin."""
    there = [one for one in sources if one.state not in {"removed", "declined"}]
    if not there:
        return _plain("No source is watched. Add one: /record source add https://outlet.example/feed")
    counted = parts.count(sum(one.watched for one in there), "source")
    head = Mrkdwn(f"*{counted}* watched")
    blocks = [parts.section(head), *lists.listed([_line(one) for one in there])]
    return parts.private(f"{counted} watched", blocks)


def _line(one: Known) -> Mrkdwn:
    state = _STATES.get(one.state, "")
    if one.watched and one.every:
        state = f"every {one.every.total_seconds() / 60:.3g} min"
    by = Mrkdwn(f"by {mrkdwn.person(one.by)}") if one.by else Mrkdwn("")
    name = mrkdwn.link(one.url, one.name, limit=lists.ADDRESS)
    return mrkdwn.joined(
        (Mrkdwn(f"• {name} `{mrkdwn.foreign(one.id, 80)}`"), Mrkdwn(state), Mrkdwn(one.origin), by), " · "
    )


def health(sources: Sequence[Known], summaries: Mapping[str, Summaries]) -> Payload:
    """What fails and why, what stands behind a wall or is closed to us, what was never asked, and how many do well."""
    watched = [one for one in sources if one.watched]
    failing = [one for one in watched if one.health and (one.health.reason or one.health.paused)]
    fresh = [one for one in watched if one.health is None or one.health.polled_at is None]
    well = len(watched) - len(failing) - len(fresh)
    lines = [Mrkdwn(f"*{well:,} of {len(watched):,} sources well*")]
    lines += [Mrkdwn(f"• {feed_line(one.health)}") for one in failing[:15] if one.health]
    lines += [_moved(one) for one in watched if one.moved_to][:10]
    lines += [_lost(one, one.health.lost) for one in watched if one.health and one.health.lost][:10]
    lines += [_given_up(one, one.given_up) for one in watched if one.given_up][:10]
    lines += [_summaries(one, summaries[one.id]) for one in watched if one.id in summaries][:10]
    if fresh:
        names = ", ".join(one.name for one in fresh[:8])
        lines.append(Mrkdwn(f"Not asked yet: {mrkdwn.foreign(names, 300)}"))
    paused = [one.name for one in sources if one.state == "paused"]
    if paused:
        lines.append(Mrkdwn(f"Paused: {mrkdwn.foreign(', '.join(paused), 300)}"))
    return parts.private(f"{well} of {len(watched)} sources well", lists.listed(lines))


def _moved(one: Known) -> Mrkdwn:
    """Where it has moved; it is read as long as the old address leads there."""
    place = "in feeds.toml" if one.origin == "feeds.toml" else "as a source"
    return Mrkdwn(
        f"• {mrkdwn.foreign(one.id, 80)}: it has moved for good; put {_address(one.moved_to)} {place} instead"
    )


def _lost(one: Known, lost: int) -> Mrkdwn:
    """How many entries of the document cannot be read, while the others are."""
    many = parts.count(lost, "entry", "entries")
    return Mrkdwn(f"• {mrkdwn.foreign(one.id, 80)}: {many} cannot be read, the others are; tried again when it changes")


def _given_up(one: Known, given_up: GivenUp) -> Mrkdwn:
    """How many entries could not be read, and why the last of them."""
    many = parts.count(given_up.entries, "entry", "entries")
    why = mrkdwn.foreign(f"the newest “{given_up.title[:80]}”: {given_up.reason}", 300)
    return Mrkdwn(f"• {mrkdwn.foreign(one.id, 80)}: {many} given up on, {why}")


def _summaries(one: Known, found: Summaries) -> Mrkdwn:
    """How many pages could not be had, for a paywall or the site's wish, and why the last of them."""
    many = parts.count(found.articles, "article")
    why = mrkdwn.foreign(f"the newest because {found.reason}", 300)
    return Mrkdwn(f"• {mrkdwn.foreign(one.id, 80)}: {many} of the last day by the feed’s summary alone, {why}")


def tried(trial: Trial, known: str = "") -> Payload:
    """What a feed would bring. Nothing of it was kept."""
    return parts.private(_tried_text(trial), _tried(trial, known))


def _tried_text(trial: Trial) -> str:
    good = sum(sample.readable for sample in trial.samples)
    return f"{trial.entries} entries; of {len(trial.samples)} tried, {good} can be read in full"


def _tried(trial: Trial, known: str = "") -> list[Block]:
    dates = Mrkdwn(f"{trial.dated} with a date")
    if trial.newest and trial.oldest:
        dates = Mrkdwn(
            f"{dates}, the newest of {mrkdwn.moment(trial.newest)}, the oldest of {mrkdwn.moment(trial.oldest)}"
        )
    lines = [Mrkdwn(f"*{parts.count(trial.entries, 'entry', 'entries')}* at {_address(trial.url)}: {dates}")]
    if trial.known:
        lines.append(Mrkdwn(f"{trial.known} of them are on record already, by another source"))
    if trial.moved_to:
        lines.append(Mrkdwn(f"It has moved to {_address(trial.moved_to)}; give that address"))
    lines += [
        Mrkdwn(f"• “{mrkdwn.foreign(sample.title, 80)}”: {mrkdwn.foreign(sample.outcome, 220)}")
        for sample in trial.samples
    ]
    if known:
        lines.append(mrkdwn.foreign(known, 200))
    return [*lists.listed(lines, whole=3_500), parts.context(Mrkdwn("Tried once; nothing is kept."))]


def _address(url: str) -> Mrkdwn:
    return mrkdwn.link(url, url, limit=lists.ADDRESS)


def question(source: str, name: str, trial: Trial | None, trouble: str = "") -> Payload:
    """Asks an editor, once, what becomes of the entries that are there already; nothing is posted for them."""
    text = f"Add {name}? What becomes of the entries that it already has?"
    blocks = [*(_tried(trial) if trial else []), *([_warning(trouble)] if trouble else [])]
    blocks += [parts.section(_asked(text)), _buttons(source, name)]
    return parts.private(text, blocks)


def suggestion(change: SourceChange, trial: Trial | None, trouble: str = "") -> Payload:
    """The same for the operators' channel, when somebody who is no editor suggests a source."""
    text = f"{change.name} is suggested as a source."
    named = mrkdwn.link(change.url, change.name, limit=lists.ADDRESS)
    head = Mrkdwn(f"{mrkdwn.person(change.by)} suggests {named} as a source. An editor decides.")
    blocks: list[Block] = [parts.section(head)]
    blocks += [*(_tried(trial) if trial else []), *([_warning(trouble)] if trouble else [])]
    blocks += [
        parts.section(_asked("What becomes of the entries that it already has?")),
        _buttons(change.source, change.name),
    ]
    return parts.message(text, blocks, unfurl_links=False, unfurl_media=False)


def _asked(text: str) -> Mrkdwn:
    return Mrkdwn(f"{mrkdwn.foreign(text, 300)} Either way nothing is posted for the past.")


def _warning(trouble: str) -> Block:
    return parts.section(Mrkdwn(f"*It could not be read just now*: {mrkdwn.foreign(trouble, 400)}"))


def _buttons(source: str, name: str) -> Block:
    spoken = mrkdwn.plain(name, 40)
    return {
        "type": "actions",
        "block_id": f"source:{source}",
        "elements": [
            parts.button(ADD_SKIP, "Only from now on", source, f"Add {spoken}, only from now on", primary=True),
            parts.button(ADD_FILL, "Fill the record", source, f"Add {spoken} with its past entries"),
            parts.button(DECLINE, "Not this one", source, f"Do not add {spoken}"),
        ],
    }


def taken(change: SourceChange, late: str = "") -> Payload:
    """What became of a source, in the place of the question; `late`: why it is not watched yet."""
    name, by = mrkdwn.foreign(change.name, 200), mrkdwn.person(change.by)
    if change.what == "declined":
        text = Mrkdwn(f"{name} is not added; {by} declined it.")
    else:
        past = "with its past entries" if change.past == "fill" else "only from now on"
        said = f"{name} is watched, {past}; {by} added it. Nothing is posted for the past."
        text = Mrkdwn(f"{said} {mrkdwn.foreign(late, 300)}".strip())
    return {**parts.private("", [parts.section(text)]), "text": text, "replace_original": True}


def already(change: SourceChange) -> Payload:
    """Somebody was first."""
    done = {"added": "added", "declined": "declined", "removed": "removed"}.get(change.what, change.what)
    text = Mrkdwn(f"{mrkdwn.foreign(change.name, 200)} was already {done} by {mrkdwn.person(change.by)}.")
    return {**parts.private("", [parts.section(text)]), "text": text}


def importing() -> Payload:
    """The modal for a list of feeds."""
    return forms.form(
        IMPORT,
        "Import sources",
        "Look at it",
        [
            forms.field(
                OUTLINE,
                "OPML, or addresses of feeds, one a line",
                forms.text(lines=True, most=3000),
                hint="Feed readers export OPML. Slack takes 3,000 characters here: for more, give an address.",
                optional=True,
            ),
            forms.field(OUTLINE_URL, "or the address of an OPML file", forms.text(most=3000), optional=True),
        ],
    )


def waiting_for(what: str) -> Payload:
    """While a list is fetched and looked through."""
    return modals.waiting(f"Reading {what}", "Import sources")


def preview(fresh: Sequence[tuple[str, str]], known: int, about: str, private: int = 0) -> Payload:
    """What an import would add; sent off, it adds them. `private` were left out, for they hold a login."""
    counted = f"{parts.count(len(fresh), 'new source')}, {known} there already"
    if private:
        counted += f"; {private} with a login left out: put them into feeds.toml, with login = …"
    lines = [Mrkdwn(f"• {mrkdwn.link(url, name, limit=lists.ADDRESS)}") for name, url in fresh]
    blocks = [parts.section(Mrkdwn(f"*{counted}*")), *lists.listed(lines)]
    if not fresh:
        return modals.modal("Import sources", blocks)
    options = [("skip", "Only from now on"), ("fill", "Fill the record from their past entries")]
    hint = "Either way nothing is posted for the past."
    blocks.append(forms.field(PAST, "What becomes of their entries", forms.radio(options, "skip"), hint=hint))
    return forms.form(IMPORT_THESE, "Import sources", f"Add {len(fresh)}", blocks, about=about)


def told(text: str) -> Payload:
    """A plain private answer."""
    return _plain(text)


def _plain(text: str) -> Payload:
    return parts.private(text, [parts.section(mrkdwn.foreign(text, 800))])

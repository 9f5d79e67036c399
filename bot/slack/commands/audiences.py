"""For whom: “for me” or “here”, and whether the asker may."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.slack.newsroom import Asker, Newsroom

_ME = re.compile(r"\b(?:(?:just|only)\s+)?(?:for|to)\s+(?:me|myself)\b|\b(?:just|only) me\b", re.IGNORECASE)
_HERE = re.compile(
    r"\b(?:(?:for|in|to)\s+)?(?:here|this\s+channel)\b|\b(?:(?:for|in|to)\s+the\s+channel\b|the\s+channel\s*$)"
    r"|\bfor\s+(?:everybody|everyone|all)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A channel as configured, or a person; `mine`: it is the asker. `words` are what else was typed."""

    id: str
    mine: bool
    words: str

    def may(self, asker: Asker) -> bool:
        """Everybody decides for themselves, editors for a channel."""
        return (self.mine and self.id == asker.user) or asker.may("editor")


def warned(newsroom: Newsroom, asker: Asker, audience: Audience) -> str:
    """Why nothing can be posted to the channel that is meant, as far as Slack says; empty where it can. Blocks."""
    return "" if audience.mine or not asker.channel else newsroom.unpostable(asker.channel)


def audience_of(newsroom: Newsroom, asker: Asker, typed: str, *, mine: bool) -> Audience:
    """Whom the words name; `mine` says who is meant where they name nobody. In direct messages it is the asker."""
    me, here = _ME.search(typed), _HERE.search(typed)
    words = _HERE.sub(" ", _ME.sub(" ", typed))
    channel = asker.channel if asker.channel and not asker.channel.startswith("D") else None
    for_me = channel is None or bool(me) or (mine and not here)
    audience = asker.user if for_me or channel is None else newsroom.channel_of(channel)
    return Audience(id=audience, mine=for_me, words=" ".join(words.split()))

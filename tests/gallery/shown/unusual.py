"""Cards with text that would break a careless message."""

from __future__ import annotations

from collections.abc import Iterator

import hostile

from bot.model import Alert
from bot.slack.blocks import card
from shown.sample import ON, Sample

_RUNNING = (
    "We have weighed the matter for many months, in this house and outside it, and I will say it as plainly as I can: "
    "no observer, whatever flag is sewn upon the sleeve, will set foot on the quay while the talks go on. "
)
LONG = (_RUNNING * 14)[:3000]  # a quotation of 3,000 characters
NAME = "Maximiliana Aurelia von und zu Hohenwaldburg-Sternbergsdorf-Niederkirchenstein, Baroness of the Outer Isles"
HOSTILE = "<!channel> *Read* <https://evil.example|the Times>: @here :rotating_light: _now_ ~never~ `rm` <@U0ADA> & co"


def unusual(alert: Alert) -> Iterator[Sample]:
    """Cards with text that would break a careless message."""
    quoting = hostile.quoting
    yield Sample(says="A quotation of 3,000 characters", payload=card(quoting(alert, LONG), ON))
    yield Sample(says="The longest names", payload=card(quoting(alert, "No.", name=NAME, outlet=NAME), ON))
    marked = quoting(alert, HOSTILE, name="*Petra* <!here>", outlet="<https://evil.example|Times>")
    yield Sample(says="Text that would ping, link and format", payload=card(marked, ON))
    arabic = quoting(alert, "لن نقبل أي مراقبين في المضيق، تحت أي علم كان.", name="بترا حلاس", outlet="الميناء")
    yield Sample(says="Right to left", payload=card(arabic, ON))
    japanese = quoting(
        alert, "いかなる旗の下でも、海峡の監視団は受け入れられない。", name="春日 みどり", outlet="港新聞"
    )
    yield Sample(says="Chinese characters and kana", payload=card(japanese, ON))
    emoji = quoting(alert, "No 🙅‍♀️ monitors 🚢 at the strait 🌊, not under any 🏴‍☠️ flag 👩‍👩‍👧‍👦.")
    yield Sample(says="Emoji, joined ones too", payload=card(emoji, ON))
    hidden = quoting(
        alert, "No\u200b mon\u00aditors\u2060 at \u202eeht tiarts\u202c now", name="Pe\u200btra \u2066Halasz\u2069"
    )
    yield Sample(says="Zero width and turned-round text", payload=card(hidden, ON))
    yield Sample(says="Everything at once, at its longest", payload=card(hostile.swollen(alert, LONG), ON))

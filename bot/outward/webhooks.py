"""Webhooks on their way: what came is queued, and each is told one thing after another until it was taken."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from bot.outward.signing import headers
from bot.web.api.models import Alert
from watchers.errors import Refused, WatchError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.ledger import Ledger
    from bot.ledger.outward.webhooks import WebhookPost
    from config.settings import Webhook

log = logging.getLogger(__name__)

AT_ONCE = 20  # posts to one webhook before the next look


class Posts(Protocol):
    """Hands something over by a POST through the address gate; any failure is a WatchError."""

    async def post(self, url: str, content: bytes, headers: Mapping[str, str], *, allow: Iterable[str] = ()) -> None:
        """It was taken if nothing is raised."""


class Webhooks:
    """Tells the webhooks of the settings. `secrets` are by id."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        targets: Sequence[Webhook],
        secrets: Mapping[str, str],
        posts: Posts,
        operators: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._ledger = ledger
        self._targets = {target.id: target for target in targets}
        self._secrets = secrets
        self._posts = posts
        self._operators = operators
        self._clock = clock

    async def step(self) -> int:
        """Queue what came, and tell what is due; how many posts were taken."""
        wanted = [(one.id, "alert" in one.events, "decision" in one.events) for one in self._targets.values()]
        await asyncio.to_thread(self._ledger.tell_webhooks, wanted, self._clock())
        return sum(await asyncio.gather(*map(self._tell, self._targets.values())))

    async def _tell(self, target: Webhook) -> int:
        for taken in range(AT_ONCE):
            due = await asyncio.to_thread(self._ledger.webhook_posts_due, [target.id], self._clock())
            if not due or not await self._post(target, due[0]):
                return taken
        return AT_ONCE

    async def _post(self, target: Webhook, post: WebhookPost) -> bool:
        now = self._clock()
        if not await asyncio.to_thread(self._ledger.intend_webhook_post, post.id, now):
            return False
        body = written(post)
        signed = headers(self._secrets[target.id], post.key, int(now.timestamp()), body)
        try:
            await self._posts.post(target.url, body, signed, allow=target.allow)
        except WatchError as error:
            await self._refused(target, post, error)
            return False
        released = await asyncio.to_thread(self._ledger.webhook_post_taken, post.id)
        over = f"The webhook {target.id} takes what it is told again."
        now = self._clock()
        if await asyncio.to_thread(self._ledger.trouble_over, f"webhook:{target.id}", over, self._operators, now):
            log.info("%s %d posts that were stuck follow", over, released)
        return True

    async def _refused(self, target: Webhook, post: WebhookPost, error: WatchError) -> None:
        reason, now = error.what, self._clock()
        asked = error.retry_after if isinstance(error, Refused) else None
        wait = now + timedelta(seconds=asked) if asked else None
        stuck = await asyncio.to_thread(self._ledger.webhook_post_refused, post.id, reason, now, wait=wait)
        log.warning("the webhook %s was not told of %s: %s", target.id, post.alert.name, reason)
        if stuck:
            words = (
                f"The webhook {target.id} has taken nothing for a day: {reason} What it was to be told is kept; it is "
                "tried each hour, and gets all of it once it answers."
            )
            await asyncio.to_thread(self._ledger.trouble, f"webhook:{target.id}", reason, words, self._operators, now)


def written(post: WebhookPost) -> bytes:
    """What a webhook is told: the alert as the API gives it, and the decision where it is about one."""
    told: dict[str, Any] = {
        "id": post.key,
        "type": "alert.decided" if post.decision else "alert.raised",
        "alert": Alert.of(post.alert).model_dump(mode="json"),
    }
    if line := post.decision:
        told["decision"] = {
            "what": line.action,
            "by": line.by,
            "reason": line.note,
            "at": line.at.isoformat(),
            "before": line.before,
            "after": line.after,
        }
    return json.dumps(told, ensure_ascii=True).encode()

"""What to do about what Slack refuses: its words are known to those who write bots, and to nobody else."""

from __future__ import annotations

INVITE = "type /invite in the channel and choose On Record"
_ELSEWHERE = "or send its alerts to another channel"
_REMEDY = {
    "channel_not_found": f"Slack shows On Record no such channel: {INVITE}, or correct the name",
    "invalid_blocks": "a fault of the program: please report it",
    "is_archived": f"open the channel again, {_ELSEWHERE}",
    "missing_scope": "install the app again with the scopes of deploy/slack-manifest.yaml",
    "msg_too_long": "a fault of the program: please report it",
    "not_allowed_token_type": "set the bot token (xoxb-…) and start On Record anew",
    "not_in_channel": INVITE,
    "restricted_action": f"let On Record post there, {_ELSEWHERE}",
    "restricted_action_read_only_channel": f"let On Record post there, {_ELSEWHERE}",
    "restricted_action_thread_only_channel": f"let On Record begin threads there, {_ELSEWHERE}",
}
_OF_OWNERS = "ask the owners of the workspace"
_OWNERS = frozenset({
    "access_denied", "enterprise_is_restricted", "no_permission", "org_login_required", "team_access_not_granted",
    "two_factor_setup_required",
})  # fmt: skip


def remedy(code: str) -> str:
    """What to do about a refusal; empty where nobody can do anything."""
    return _REMEDY.get(code) or (_OF_OWNERS if code in _OWNERS else "")


def told(code: str, detail: str = "") -> str:
    """A refusal in Slack's words, which are what one looks for, with what to do."""
    todo = remedy(code)
    return " ".join(part for part in (code, detail, todo and f"({todo})") if part)

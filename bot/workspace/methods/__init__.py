"""The Web API methods of the workspace, by name."""

from __future__ import annotations

from bot.workspace.methods import basics, chat, conversations, files, users, views
from bot.workspace.methods.method import ApiError, Context, Method

METHODS: dict[str, Method] = {
    **basics.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}

__all__ = ["METHODS", "ApiError", "Context", "Method"]

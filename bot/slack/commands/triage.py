"""/record confirm, dismiss, undo, assign, note, reply, fix, withdraw: what the buttons do, typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from rapidfuzz import fuzz, process

from bot.ledger.errors import AlreadyMended, UnknownAlert
from bot.model import Reason
from bot.slack.blocks import answers, forms, modals, triage
from bot.slack.commands.drafting import drafted
from bot.slack.commands.mending import fixing, fixing_statement
from bot.slack.commands.names import plain_words, user_in, with_number
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, Modal, Newsroom, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ledger.records import Action
    from bot.model import Statement

_MEANT = 70  # of 100: that reason was meant
_NOTE = 2_500  # characters of a note that are kept
_NOBODY = frozenset({"nobody", "none", "no one", "-"})
_ME = frozenset({"me", "myself", "to me", ""})


def _decides(action: Action, example: str) -> Callable[[Newsroom, Request], Answer]:
    def decide(newsroom: Newsroom, request: Request) -> Answer:
        number, _ = with_number(request.words)
        if number is None:
            return answers.not_found("alert", request.words, example=f"{COMMAND} {example}")
        decision = newsroom.ledger.decide(number, action, request.asker.user, "", request.now)
        if not decision.changed:
            return triage.refused(decision, action, by_asker=decision.by == request.asker.user)
        return triage.done(decision.alert, "is open again" if action == "undo" else "is confirmed")

    return _known(decide)


def _dismiss(newsroom: Newsroom, request: Request) -> Answer:
    number, rest = with_number(plain_words(request.typed, _NOTE))
    if number is None:
        return answers.not_found("alert", request.words, example=f"{COMMAND} dismiss 1042 already known")
    if not rest:
        return Modal(view=forms.dismissal(f"OR-{number}"))
    reason, note = reason_in(rest)
    if reason is None:
        listed = ", ".join(get_args(Reason))
        return triage.wrong(
            f"“{rest}” is no reason I know. Known are: {listed}.", f"{COMMAND} dismiss {number} old news"
        )
    user, ledger = request.asker.user, newsroom.ledger
    decision = ledger.decide(number, "dismiss", user, reason, request.now, remark=note)
    if not decision.changed and decision.alert.review == "dismissed" and decision.alert.decision_note != reason:
        decision = ledger.decide(number, "explain", user, reason, request.now, remark=note)
    if not decision.changed:
        return triage.refused(decision, "dismiss", by_asker=decision.by == user)
    mend = f"`{COMMAND} fix {number}` mends what was read wrongly." if reason == "wrong extraction" else ""
    return triage.done(decision.alert, f"is dismissed ({reason})", mend)


def reason_in(words: str) -> tuple[Reason | None, str]:
    """The reason that the words begin with or mean, and what is left as a note."""
    low = words.casefold()
    for reason in get_args(Reason):
        if low.startswith(reason):
            return reason, words[len(reason) :].strip(" :;,.-–—")
    head, _, note = words.partition(":")
    near = process.extractOne(head.casefold(), get_args(Reason), scorer=fuzz.WRatio, score_cutoff=_MEANT)
    return (near[0], note.strip()) if near else (None, "")


def _assign(newsroom: Newsroom, request: Request) -> Answer:
    example = f"{COMMAND} assign 1042 me"
    number, rest = with_number(plain_words(re.sub(r"<@[^>]*>", "@", request.typed)))
    owner = user_in(request.typed)
    if number is None:
        return answers.not_found("alert", request.words, example=example)
    words = rest.casefold().strip(" @").removeprefix("to ").strip()
    if owner is None and words in _ME:
        owner = request.asker.user
    elif owner is None and words in _NOBODY:
        owner = ""
    elif owner is None:
        return triage.wrong(f"Who is “{rest}”? Name people with @, so that Slack says who is meant.", example)
    decision = newsroom.ledger.assign(number, owner, request.asker.user, request.now)
    if not decision.changed:
        return triage.refused(decision, "assign", by_asker=decision.by == request.asker.user)
    mine = owner == request.asker.user
    return triage.done(decision.alert, "is yours" if mine else "is assigned" if owner else "is nobody’s now")


def _note(newsroom: Newsroom, request: Request) -> Answer:
    number, _ = with_number(request.words)
    text = with_number(plain_words(request.typed, _NOTE))[1]
    if number is None or not text:
        return triage.wrong("A note needs an alert and words.", f"{COMMAND} note 1042 asked the press office at noon")
    return triage.done(
        newsroom.ledger.note(number, text, request.asker.user, request.now), "has your note in its thread"
    )


def _reply(newsroom: Newsroom, request: Request) -> Answer:
    number, _ = with_number(request.words)
    if number is None:
        return answers.not_found("alert", request.words, example=f"{COMMAND} reply 1042")
    return drafted(newsroom, number)


def _fix(newsroom: Newsroom, request: Request) -> Answer:
    if newsroom.mend is None:
        return triage.wrong("Statements cannot be corrected here: nothing judges them again.", f"{COMMAND} status")
    number, rest = with_number(request.words)
    if number is not None and not rest and newsroom.ledger.alert(number):
        return Modal(view=modals.waiting(title=f"Mend OR-{number}"), then=lambda: fixing(newsroom, f"OR-{number}"))
    found = _statement(newsroom, request.words)
    if isinstance(found, tuple):
        return triage.wrong(_which(request.words, found), f"{COMMAND} fix 1042")
    return Modal(view=fixing_statement(newsroom, found))


def _withdraw(newsroom: Newsroom, request: Request) -> Answer:
    words = plain_words(request.typed, _NOTE)
    number, reason = with_number(words)
    user, now, ledger = request.asker.user, request.now, newsroom.ledger
    example = f"{COMMAND} withdraw 1042 the interview was satire"
    if number is not None and ledger.alert(number):
        if not reason:
            return triage.wrong("Withdrawing needs a reason, which the cards will show.", example)
        if ledger.alert(number).state == "withdrawn":  # type: ignore[union-attr]
            return triage.wrong(f"OR-{number} is withdrawn already.", example)
        return triage.done(ledger.withdraw(number, reason, now, user), "is withdrawn")
    name, _, reason = words.partition(" ")
    found = _statement(newsroom, name, by_words=False)  # what cannot be taken back is never looked for by a word
    if isinstance(found, tuple):
        return triage.wrong(_which(name, found, by_words=False), example)
    if not reason:
        return triage.wrong("Withdrawing needs a reason, which the cards will show.", example)
    try:
        gone = ledger.withdraw_statement(found, reason, user, now)
    except AlreadyMended as error:
        return triage.taken(error.by)
    return triage.statement_withdrawn(found, gone)


def _statement(newsroom: Newsroom, name: str, *, by_words: bool = True) -> Statement | tuple[Statement, ...]:
    """The one statement that stands and that a key, a place or words name; else those that it may be."""
    called = newsroom.ledger.called(name, by_words=by_words)
    found = tuple(one for one in called if not newsroom.ledger.mended(one))
    return found[0] if len(found) == 1 else found


def _which(words: str, found: tuple[Statement, ...], *, by_words: bool = True) -> str:
    named = "its key or its words" if by_words else "its key"
    if not words:
        return f"Name an alert by its number, or a statement by {named}."
    if not found:
        return f"No alert and no statement “{words}” was found. An alert has a number; a statement goes by {named}."
    keys = ", ".join(one.key[:12] for one in found)
    return f"Several statements are meant by “{words}”. Name one of them by its key: {keys}."


def _known(does: Callable[[Newsroom, Request], Answer]) -> Callable[[Newsroom, Request], Answer]:
    """The same, with an answer where there is no such alert."""

    def answer(newsroom: Newsroom, request: Request) -> Answer:
        try:
            return does(newsroom, request)
        except UnknownAlert:
            return answers.not_found("alert", request.words, example=f"{COMMAND} conflicts")

    return answer


SUBCOMMANDS = (
    Subcommand(
        name="confirm",
        answer=_decides("confirm", "confirm 1042"),
        usage="confirm <number>",
        does="a real conflict: the cards drop “possible” and name you",
        examples=("confirm 1042",),
        role="checker",
    ),
    Subcommand(
        name="dismiss",
        answer=_known(_dismiss),
        usage="dismiss <number> [reason[: note]]",
        does=f"not for us; the reason is one of: {', '.join(get_args(Reason))}",
        examples=("dismiss 1042 already known", "dismiss 1042 changed context: he spoke of the sea, not the port"),
        role="checker",
    ),
    Subcommand(
        name="undo",
        answer=_decides("undo", "undo 1042"),
        usage="undo <number>",
        does="take a confirmation or dismissal back",
        examples=("undo 1042",),
        role="checker",
    ),
    Subcommand(
        name="assign",
        answer=_known(_assign),
        usage="assign <number> me|@somebody|nobody",
        does="who looks into an alert",
        examples=("assign 1042 me", "assign 1042 @ada", "assign 1042 nobody"),
        role="checker",
    ),
    Subcommand(
        name="note",
        answer=_known(_note),
        usage="note <number> <words>",
        does="a remark for the log and the thread",
        examples=("note 1042 asked the press office at noon",),
        role="checker",
    ),
    Subcommand(
        name="reply",
        answer=_reply,
        usage="reply <number>",
        does="draft a question to the press office, to be copied",
        examples=("reply 1042",),
        role="checker",
    ),
    Subcommand(
        name="fix",
        answer=_fix,
        usage="fix <number|statement>",
        does="mend speaker, words, date, topic or stance of a statement; alerts are judged again",
        examples=("fix 1042", "fix 3fa9c2", "fix nothing to add"),
        role="editor",
    ),
    Subcommand(
        name="withdraw",
        answer=_known(_withdraw),
        usage="withdraw <number|statement> <reason>",
        does="take an alert or a statement back; every card says so",
        examples=("withdraw 1042 the interview was satire", "withdraw 3fa9c2 the transcript was corrected"),
        role="editor",
    ),
)

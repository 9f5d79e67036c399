"""What people do in the workspace: write, use a slash command, press a button, fill in a modal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.workspace import forms
from bot.workspace.response_url import Answer, ResponseUrls
from bot.workspace.transport import payloads
from bot.workspace.transport.delivery import Ack, Delivery, Kind, Transport
from bot.workspace.world import SLACKBOT, Channel, Json, Message, Person, Trigger, View, World


class NotThereError(LookupError):
    """A person cannot press or fill in what is not on the screen."""


class People:
    """Acts for the people of the workspace and collects what comes back to them."""

    def __init__(
        self,
        world: World,
        answers: ResponseUrls,
        transport: Callable[[], Transport],
        response_url: Callable[[str], str],
    ) -> None:
        self._world = world
        self._answers = answers
        self._transport = transport
        self._response_url = response_url
        self.deliveries: list[Delivery] = []

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Post an ordinary message of a person."""
        person, place = self._at(user, channel)
        if thread_ts is not None and self._world.find(place.id, thread_ts) is None:
            raise NotThereError(f"#{place.name} has no message {thread_ts} to reply to")
        return self._world.store(
            Message(ts=self._world.stamp(), channel=place.id, author=person.id, text=text, thread_ts=thread_ts)
        )

    async def slash(
        self, user: str, channel: str, text: str, command: str, *, answers: int = 1, within: float = 10.0
    ) -> Answer:
        """Use a slash command; return once it is acknowledged and so many answers came, or once it failed."""
        person, place = self._at(user, channel)
        answer = Answer(person=person.id, channel=place.id)
        if command not in [known.name for known in self._world.settings.commands]:
            answer.error = "unknown_command"
            self._answers.post(answer, SLACKBOT, person.id, text=f"{command} is not a valid command.")
            return answer
        origin = self._origin(person, place, answer)
        ack = await self._deliver("slash_commands", payloads.slash(origin, command, text))
        self._settle(answer, ack, command)
        await self._wait(answer, answers, within, f"{answers} answer(s) to {command} {text}")
        return answer

    async def click(
        self,
        user: str,
        channel: str,
        ts: str,
        action_id: str,
        *,
        chosen: str | None = None,
        answers: int = 0,
        within: float = 10.0,
    ) -> Answer:
        """Press a button of a stored message, or choose an option of a menu there by its value.

        Raise `NotThereError` if the message does not show it to this person.

        Return once the click is acknowledged and so many answers came, or once it failed.
        """
        person, place = self._at(user, channel)
        message = self._world.find(place.id, ts)
        if message is None or message.seen_only_by not in (None, person.id):
            raise NotThereError(f"{person.name} sees no message {ts} in #{place.name}")
        element = message.button(action_id)
        if element is None:
            raise NotThereError(f"message {ts} has no button {action_id!r}; it has {list(message.buttons)}")
        answer = Answer(person=person.id, channel=place.id, original=message)
        origin = self._origin(person, place, answer)
        if chosen is not None:
            option = next((one for one in element.get("options", ()) if one["value"] == chosen), None)
            if option is None:
                raise NotThereError(f"the menu {action_id!r} has no option {chosen!r}")
            element = {**element, "selected_option": option}
        payload = payloads.block_actions(origin, message, element, self._world.stamp())
        ack = await self._deliver("interactive", payload)
        self._settle(answer, ack, f"“{element.get('text', {}).get('text', action_id)}”")
        await self._wait(answer, answers, within, f"{answers} answer(s) to the click on {action_id}")
        return answer

    async def submit(self, user: str, values: dict[str, str], *, view: str | None = None) -> Answer:
        """Fill in the person's top modal (or `view`) by `block_id` or `action_id`, and submit it.

        Raise `NotThereError` if there is no such modal or field, or if a required field stays empty. Field errors
        that the app answers with stand on the stored view.
        """
        person = self._world.person(user)
        top = self._modal(person, view)
        state = forms.fill(top.content, values)
        if isinstance(state, str):
            raise NotThereError(state)
        answer = Answer(person=person.id, channel=top.channel or self._world.direct(person.id).id)
        origin = self._origin(person, self._world.channels[answer.channel], answer)
        ack = await self._deliver("interactive", payloads.view_submission(origin, top, state))
        answer.acked = ack.error is None
        answer.error = ack.error
        forms.respond(self._world, top, ack)
        return answer

    def close(self, user: str) -> None:
        """Close the person's top modal without submitting it."""
        self._world.views.pop(self._modal(self._world.person(user), None).id)
        self._world.changes.ring()

    def _at(self, user: str, channel: str) -> tuple[Person, Channel]:
        person, place = self._world.person(user), self._world.channel(channel)
        if person.id not in place.members:
            raise NotThereError(f"{person.name} is not in #{place.name}")
        if place.archived:
            raise NotThereError(f"#{place.name} is archived")
        return person, place

    def _modal(self, person: Person, view: str | None) -> View:
        mine = [v for v in self._world.views.values() if v.person == person.id and view in (None, v.id)]
        if not mine:
            raise NotThereError(f"{person.name} has no modal open")
        return mine[-1]

    def _origin(self, person: Person, place: Channel, answer: Answer) -> payloads.Origin:
        trigger = self._world.new_id("trigger.")
        self._world.triggers[trigger] = Trigger(person=person.id, made=self._world.settings.clock(), channel=place.id)
        url = self._response_url(self._answers.grant(answer))
        return payloads.Origin(world=self._world, person=person, channel=place, trigger_id=trigger, response_url=url)

    async def _deliver(self, kind: Kind, payload: Json) -> Ack:
        loop = asyncio.get_running_loop()
        started = loop.time()
        ack = await self._transport().deliver(kind, payload)
        self.deliveries.append(Delivery(kind=kind, payload=payload, ack=ack, seconds=loop.time() - started))
        return ack

    def _settle(self, answer: Answer, ack: Ack, what: str) -> None:
        if ack.error is not None:
            self._answers.fail(answer, what, ack.error)
            return
        answer.acked = True
        self._answers.take(answer, ack.payload)

    async def _wait(self, answer: Answer, answers: int, within: float, what: str) -> None:
        await self._world.changes.until(lambda: bool(answer.error) or len(answer.posts) >= answers, within, what)

"""Files as Slack takes them: an address first, then the bytes, then the place."""

from __future__ import annotations

import json

import aiohttp
import pytest


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as opened:
        yield opened


async def call(session, workspace, method, **arguments):
    headers = {"Authorization": f"Bearer {workspace.bot_token}"}
    async with session.post(workspace.base_url + method, data=arguments, headers=headers) as answer:
        return await answer.json()


async def announced(session, workspace, content=b"abc", **more):
    return await call(session, workspace, "files.getUploadURLExternal", filename="a.csv", length=len(content), **more)


async def sent(session, url, content=b"abc"):
    async with session.post(url, data=content) as answer:
        return answer.status


async def complete(session, workspace, file, **more):
    return await call(session, workspace, "files.completeUploadExternal", files=json.dumps([{"id": file}]), **more)


async def test_a_file_is_announced_sent_and_shared(workspace, session):
    place = await announced(session, workspace, alt_txt="three letters")
    assert await sent(session, place["upload_url"]) == 200
    done = await complete(session, workspace, place["file_id"], channel_id="C0FACTDESK", initial_comment="Here")
    assert done["files"][0]["title"] == "a.csv"
    (file,) = workspace.files("fact-desk")
    assert (file.content, file.alt) == (b"abc", "three letters")
    assert workspace.messages("fact-desk")[-1].text == "Here"
    async with session.get(done["files"][0]["url_private"]) as answer:
        assert (await answer.read(), answer.content_type) == (b"abc", "text/csv")


async def test_what_was_not_sent_cannot_be_shared(workspace, session):
    place = await announced(session, workspace)
    assert (await complete(session, workspace, place["file_id"], channel_id="C0FACTDESK"))["error"] == "file_not_found"
    assert (await complete(session, workspace, "F0", channel_id="C0FACTDESK"))["error"] == "file_not_found"


async def test_other_bytes_than_announced_are_refused(workspace, session):
    place = await announced(session, workspace)
    assert await sent(session, place["upload_url"], b"abcd") == 400
    assert await sent(session, workspace.page_url + "upload/F0") == 404


async def test_a_file_goes_only_where_the_bot_is(workspace, session):
    place = await announced(session, workspace)
    await sent(session, place["upload_url"])
    told = [
        await complete(session, workspace, place["file_id"], channel_id="C0GENERAL"),
        await complete(session, workspace, place["file_id"], channel_id="C0ELECTION"),
        await complete(session, workspace, place["file_id"], channel_id="C0FACTDESK", thread_ts="1.0"),
    ]
    assert [one["error"] for one in told] == ["not_in_channel", "is_archived", "thread_not_found"]


async def test_an_empty_file_or_a_long_alternative_text_is_refused(workspace, session):
    assert (await announced(session, workspace, b""))["error"] == "invalid_arguments"
    assert (await announced(session, workspace, alt_txt="x" * 1001))["error"] == "alt_txt_too_large"

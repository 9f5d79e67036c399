"""The pages in a real browser: each flow by keyboard and mouse, each page held against axe and taken as a picture.

make browser      everything, and the pictures in docs/images/web anew
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from archive_story import PAGES
from pages_served import guarded

pytest.importorskip("playwright", reason="PAGES NOT TESTED IN A BROWSER: playwright is not installed")

from axe_playwright_python.base import AXE_FILE_PATH
from PIL import Image
from playwright.async_api import Page, async_playwright, expect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="PAGES NOT TESTED IN A BROWSER: no chromium is on the PATH")
WIDTHS = {"light": (1200, "light"), "dark": (1200, "dark"), "phone": (390, "light")}
AXE = Path(AXE_FILE_PATH).read_text("utf-8")
TALLEST, SCALE, COLOURS = 1400, 0.6, 24
SERIOUS = {"serious", "critical"}


@asynccontextmanager
async def browsing(*, width: int = 1200, scheme: str = "light", scripts: bool = True) -> AsyncIterator[Page]:
    """A tab of a browser that runs meanwhile; whatever it complains of, or asks elsewhere, is a fault."""
    faults: list[str] = []
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts, locale="en-GB"
        )
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: faults.append(f"a dialog: {dialog.message}"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        yield page
        await browser.close()
    assert [one for one in faults if "status of 40" not in one] == []  # to be asked to sign in is none
    assert [one for one in asked if not one.startswith("http://127.0.0.1:")] == []


async def findings(page: Page) -> list[str]:
    """What axe finds that keeps people from using a page."""
    await page.evaluate(AXE)
    found = await page.evaluate("axe.run()")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"] if one["impact"] in SERIOUS]


async def test_a_reader_finds_the_way_from_the_front_page_to_a_timeline_and_back_by_search(open_house):
    async with browsing() as page:
        await page.goto(open_house.base)
        assert await findings(page) == []
        await page.get_by_role("link", name="Velden, earlier and now, on monitors at the strait").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Velden, earlier and now")
        assert await findings(page) == []
        await page.get_by_role("link", name="Mara Velden over time").click()
        await expect(page.get_by_role("img", name="Mara Velden on monitors at the strait")).to_be_visible()
        await page.get_by_text("The same as a table").click()
        await expect(page.get_by_role("cell", name="21 Nov 2029")).to_be_visible()
        await page.get_by_role("searchbox", name="Search what was said").fill("welcome monitors")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Northport would welcome monitors at the strait")).to_be_visible()
        await page.get_by_label("Side").select_option(label="Kessland")
        await page.get_by_role("button", name="Search").last.click()
        await expect(page.get_by_text("No statement of a known speaker with all of these words")).to_be_visible()


@pytest.mark.campaign
async def test_what_a_feed_holds_is_text_in_a_real_browser(open_house, ledger):
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    ledger.rename_topic("strait-monitors", evil, "U0ADA", open_house.now)
    ledger.note(1002, evil, "U0ADA", open_house.now)
    async with browsing() as page:
        for path in ("/t/strait-monitors", "/a/OR-1002", "/topics", "/search?q=" + evil.replace("<", "%3C")):
            await page.goto(open_house.base + path)
            await expect(page.get_by_text("<script>alert(2)</script>").first).to_be_attached()
            assert await page.locator("main img, main script").count() == 0


@pytest.mark.campaign
@pytest.mark.parametrize("look", WIDTHS)
async def test_each_page_can_be_used_by_everybody_and_fits(open_house, look):
    width, scheme = WIDTHS[look]
    async with browsing(width=width, scheme=scheme) as page:
        for name, path in (*PAGES, ("nothing", "/nowhere")):
            await page.goto(open_house.base + path)
            assert await findings(page) == [], name
            wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, name
            await pictured(page, f"{name}-{look}")


async def pictured(page: Page, name: str) -> None:
    """Keep a small picture of the top of a page where somebody asked for pictures."""
    if folder := os.environ.get("WEB_PICTURES"):
        shot = Image.open(io.BytesIO(await page.screenshot(full_page=True))).convert("RGB")
        shot = shot.crop((0, 0, shot.width, min(shot.height, TALLEST)))
        shot = shot.resize((round(shot.width * SCALE), round(shot.height * SCALE)), Image.Resampling.LANCZOS)
        few = shot.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(Path(folder, f"{name}.png"), optimize=True)


@pytest.mark.campaign
async def test_pages_are_whole_without_scripts_and_can_be_walked_by_keyboard_alone(open_house):
    async with browsing(scripts=False) as page:
        await page.goto(open_house.base)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Halasz vs Velden on monitors at the strait")


@pytest.mark.campaign
async def test_filters_narrow_down_and_are_kept_from_page_to_page(open_house):
    async with browsing() as page:
        await page.goto(open_house.base + "/p/mara-velden")
        await page.get_by_label("Stance").select_option(label="opposes")
        await page.get_by_role("button", name="Narrow down").click()
        await expect(page.get_by_label("Stance")).to_have_value("against")
        await expect(page.get_by_text("There will be no monitors at the strait while")).to_be_visible()
        await expect(page.get_by_text("Monitors at the strait are thinkable")).to_have_count(0)
        await page.goto(open_house.base + "/conflicts")
        await page.get_by_label("State", exact=False).first.select_option(label="confirmed")
        await page.get_by_role("button", name="Narrow down").click()
        await expect(page.get_by_role("heading", level=3)).to_have_count(1)


@pytest.mark.campaign
async def test_a_link_is_made_opened_by_somebody_else_and_ended(open_house):
    async with browsing() as page:
        await page.goto(open_house.base + "/a/OR-1002")
        await page.get_by_label("Good for").select_option(label="a week")
        await page.get_by_role("button", name="Make a link").click()
        address = await page.get_by_label("Link until").input_value()
        shared = open_house.base + address[address.index("/shared/") :]
        async with browsing() as other:
            await other.goto(shared)
            await expect(other.get_by_role("heading", level=1)).to_have_text(
                "Halasz vs Velden on monitors at the strait"
            )
            assert await findings(other) == []
            await pictured(other, "shared-light")
            await expect(other.get_by_role("navigation")).to_have_count(0)
        await page.get_by_role("button", name="End it").click()
        answer = await page.goto(shared)
        assert answer is not None
        assert answer.status == 404


@pytest.mark.campaign
async def test_a_member_signs_in_with_slack_reads_and_signs_out(ledger, workspace):
    async with guarded(ledger, workspace) as house, browsing() as page:
        await page.goto(house.base + "/t/strait-monitors")
        assert await findings(page) == []
        await pictured(page, "sign-in-light")
        await page.get_by_role("link", name="Sign in with Slack").click()
        await page.get_by_role("link", name="Allow as Ada").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("monitors at the strait")
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to read the record")


@pytest.mark.campaign
async def test_a_page_prints_without_what_only_a_screen_has_a_use_for(open_house):
    async with browsing() as page:
        await page.goto(open_house.base + "/a/OR-1001")
        await page.emulate_media(media="print")
        await expect(page.get_by_role("navigation", name="Sections")).to_be_hidden()
        await expect(page.get_by_role("button", name="Make a link")).to_be_hidden()
        await expect(page.get_by_text("We support monitors at the strait").first).to_be_visible()

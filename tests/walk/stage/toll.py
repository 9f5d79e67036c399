"""An invented prime minister, what she says of a toll, and articles that report it."""

from __future__ import annotations

from datetime import UTC, datetime

from watchers.model import Article

NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)
AGAINST = (
    "“A toll on foreign ships in the port of Ostermouth is out of the question,” Ilse Marken told reporters on Monday."
)
IN_FAVOUR = "“We support a toll on foreign ships in the port of Ostermouth,” Ilse Marken said on Wednesday."
MISHEARD = "“We support a toll on foreign ships in the port of Ostermouth,” Ilse Marken told reporters on Monday."
CORRECTED = "“We reject a toll on foreign ships in the port of Ostermouth,” Ilse Marken told reporters on Monday."
GRID = "“We support joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on Monday."
GERMAN = (
    "„Eine Maut für fremde Schiffe im Hafen von Ostermouth kommt nicht in Frage“, sagte die Ministerpräsidentin Ilse"
    " Marken am Montag vor der Presse.\nDie Reeder nannten das in einer Erklärung einen Schritt in die richtige Richtung."
)


def article(text: str, name: str = "toll", day: int = 3, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": f"id:{name}",
        "keys": (f"id:{name}",),
        "url": f"https://times.example/{name}",
        "outlet": "The Harbour Times",
        "title": name,
        "text": f"Velmarkian Prime Minister Ilse Marken spoke in the capital. {text}",
        "published": datetime(2025, 3, day, 9, tzinfo=UTC),
        "retrieved": NOW,
    }
    return Article(**{**values, **changes})  # type: ignore[arg-type]

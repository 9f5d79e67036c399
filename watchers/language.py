"""Which language a text is written in, by its script and its commonest words; no model, no download."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

ENGLISH = "en"
LEAST = 3  # different telling words of another language below which a text is taken for English
UNKNOWN = "und"  # undetermined, as ISO 639-2 has it
BARE = 60  # words without English among them from which a text is in a language that is not known here
SPARSE = 0.05  # share of telling English words below which there is no English among them; prose has 0.12 and more
SAMPLE = 20_000  # characters that are looked at: the event loop waits for it, a millisecond or a few

# Function words alone, the commonest of each language: they make up a third of any prose, whatever it is about, and
# names of people and places bring few of them along. No single letters that English leaves behind an apostrophe.
_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech",
    "sk": "Slovak", "hu": "Hungarian", "ro": "Romanian", "hr": "Croatian", "tr": "Turkish", "id": "Indonesian",
    "vi": "Vietnamese", "sw": "Swahili", "ru": "Russian", "uk": "Ukrainian", "bg": "Bulgarian", "el": "Greek",
    "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "he": "Hebrew", "hi": "Hindi", "ja": "Japanese", "zh": "Chinese",
    "ko": "Korean", "th": "Thai",
}  # fmt: skip
_COMMONEST = {
    "en": "the of and to in a is that for it was on with as be by at he from are has have had his this not but they "
    "an were which their its will would been said or who after she her we you i more about when than there",
    "de": "der die das und ist in den von zu mit sich auf für nicht ein eine dem des im es an als auch er war wird sie "
    "bei nach aus einer einen wie hat werden am um dass sind haben noch über zum zur vor wir ich aber seine durch",
    "fr": "le la les de des du et en un une est que qui dans pour sur au aux par pas ce il elle avec plus ne se sont "
    "son sa ses ont été à cette mais nous vous leur ou comme être qu lui on je",
    "es": "el la los las de del y en un una que es por con para su se al lo como más pero sus le ha este esta son no "
    "entre fue sobre también ser o desde está cuando muy sin hasta porque",
    "it": "il lo la i gli le di del della dei e è in un una che per con non si da al alla nel nella sono ha come più "
    "anche ma se su dal questo suo sua ed o delle essere",
    "pt": "o a os as de do da dos das e em no na um uma que é para por com não se ao mais como mas foi ser seu sua "
    "pelo pela ou à são está também já entre tem nos ele",
    "nl": "de het een en van in is dat op te zijn voor met die niet aan er om ook als bij door maar naar hij uit wordt "
    "werd heeft nog over worden of was had ze dan deze tot hun",
    "sv": "och i att det som en på är av för med den till inte om har de ett han var men sig från vi så kan när även "
    "eller sin under efter också vid hon skulle över mot",
    "da": "og i at det er en til på som af for med de den ikke der har et han var men om sig fra vi så kan når også "
    "eller sin under efter ved hun skal over mod blev være",
    "no": "og i å det er en til på som av for med de den ikke har et han var men om seg fra vi så kan når også eller "
    "sin under etter ved hun skal over mot ble være",
    "fi": "ja on ei se että oli hän ovat mutta myös joka kun kuin niin sen tai jos ole mukaan olla hänen nyt vain "
    "sitä ovat jo voi sekä jotka vielä",
    "pl": "i w na z się nie że do to jest o jak po od za przez ale dla co są tym oraz jego został tego który która "
    "które może być już tak przed ich czy",
    "cs": "a v se na je že z do o to i jako za by pro ve po jsou ale však od před podle který která které jeho byl "
    "bude také už k ze při není",
    "sk": "a v sa na je že z do o to aj ako za by pre vo po sú ale však od pred podľa ktorý ktorá ktoré jeho bol "
    "bude už k zo pri nie",
    "hu": "a az és hogy nem is egy ez volt de meg csak már el azt mint ki van még vagy szerint lesz ezt után pedig "
    "ami aki",
    "ro": "și de în la a cu pe că este nu din pentru o un mai au care ce să se fi sau ca lui al ale fost după prin "
    "dar această",
    "hr": "i u je na se da za su s od o što ne iz koji kao ali će do bi ili koja koje po bio nije samo još prema nakon",
    "tr": "ve bir bu da de için ile olarak çok daha ne olan gibi kadar sonra ise ama var en o olduğunu dedi "
    "değil ya göre her",
    "id": "yang dan di dengan untuk dari ini itu pada dalam tidak akan ke ada juga oleh telah sebagai atau bahwa "
    "mereka karena saat bisa kata para tersebut",
    "vi": "và của là có được cho không trong với các một người này những đã khi từ ông về ở đến cũng đó tại như",
    "sw": "ya wa na kwa ni katika la za kuwa hiyo cha hii huo yake lakini baada kama pia alisema hata ambao bila",
    "ru": "и в не на что с он как по это из за от его к у для но о был была было то мы они так же а до все или при",
    "uk": "і в не на що з він як по це із за від його до у для але про був була було та ми вони так же й щоб або при",
    "bg": "и в не на че с той като по това от за се да е са си но към при или до беше ще ако които който",
    "el": "και το να του η της με ο για από στο που την των δεν είναι στην τα τον οι θα σε τη μια ότι ένα",
    "ar": "في من على إلى أن عن مع التي الذي هذا هذه كان لا ما قد كما بعد ذلك بين وقال أو لم هو",
    "fa": "و در به از که این را با است برای آن یک می خود تا بر هم شد نیز اما یا کرد شده",
    "ur": "کے میں کی اور ہے سے کا نے کو پر کہ یہ ہیں بھی اس ان نہیں تھا کر ایک وہ",
    "he": "של את על לא זה הוא עם כי גם אל היא או אם היה אני כל בין הם אבל",
    "hi": "के में की है और से का को ने पर यह कि हैं भी इस एक नहीं था कर वह लिए",
}  # fmt: skip
_WORDS = {language: tuple(dict.fromkeys(words.split())) for language, words in _COMMONEST.items()}
# What many languages have, romanised ones too ("to", "is", "me"), tells nothing of English …
_SHARED = frozenset({"a", "an", "as", "at", "he", "i", "in", "is", "me", "on", "or", "so", "to", "we"})
# … and what stands in names tells nothing of any: clubs "de la", people "von der", families "dos", sons "bin".
_NAMES_HOLD = """
    al da das de degli dei del della den der des di do dos du e el het la las le les los o os ten ter van von y zu
"""
_IN_NAMES = frozenset(_NAMES_HOLD.split())
_TELLING = {
    language: tuple(word for word in words if word not in (_SHARED if language == ENGLISH else _SHARED | _IN_NAMES))
    for language, words in _WORDS.items()
}
_ENGLISH = frozenset(_TELLING[ENGLISH])
_SPOKEN: dict[str, tuple[str, ...]] = {}  # the languages of each word
for _language, _its_words in _WORDS.items():
    for _one in _its_words:
        _SPOKEN[_one] = (*_SPOKEN.get(_one, ()), _language)
# A letter and what follows up to the next blank or mark: in some scripts a vowel is a sign that is no letter.
_WORD = re.compile(r"[^\W\d_][^\s\d.,;:!?…\"'’“”„«»‹›()\[\]/–—-]*")
_NOT_LATIN = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_UNSPACED = {"HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko", "THAI": "th"}


def of(title: str, text: str) -> str:
    """The language of the main part of a text (ISO 639-1); `und` when it is none of those known here.

    What cannot be told, as in a headline of names, counts as English: nothing English is to be lost.
    """
    sample = f"{title}\n{text}"[:SAMPLE]
    seen = Counter(_WORD.findall(sample.lower()))
    hits = dict.fromkeys(_WORDS, 0)
    for word in seen.keys() & _SPOKEN.keys():
        for language in _SPOKEN[word]:
            hits[language] += seen[word]
    best = max(hits, key=hits.__getitem__)
    clear = hits[best] >= 2 * hits[ENGLISH]  # a row of foreign names brings its particles along
    if best != ENGLISH and clear and sum(word in seen for word in _TELLING[best]) >= LEAST:
        return best
    elsewhere = [] if sample.isascii() else _NOT_LATIN.findall(sample)
    if elsewhere and 2 * len(elsewhere) > sum(len(word) * times for word, times in seen.items()):
        return _by_script(elsewhere)
    english = sum(seen[word] for word in seen.keys() & _ENGLISH)
    bare = seen.total() >= BARE and english < SPARSE * seen.total()
    return UNKNOWN if bare else ENGLISH


def named(language: str) -> str:
    """The English name of a language."""
    return _NAMES.get(language, "a language that is not known here")


def _by_script(letters: list[str]) -> str:
    """Chinese, Japanese, Korean and Thai set no blanks between words, but their scripts tell them."""
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters[:1000])
    found = {_UNSPACED.get(script, UNKNOWN) for script, count in scripts.items() if 10 * count > scripts.total()}
    return next((language for language in ("ja", "ko", "th", "zh") if language in found), UNKNOWN)

"""The language of a text is told by its script and its commonest words; nothing English is taken for another."""

from __future__ import annotations

import pytest
from growth import ROOM, growth
from hypothesis import given
from hypothesis import strategies as st

from watchers import language

# "The minister said on Monday that the bridge would not be built before winter. …" in words of our own.
TEXTS = {
    "ar": "قالت الوزيرة يوم الاثنين إن الجسر لن يبنى قبل الشتاء، وقال نواب من المعارضة إنها لا تعرف هذه الخطة التي أعلنت.",
    "bg": "Министърът каза в понеделник, че мостът няма да се строи преди зимата. Опозицията я упреква, че не знае плана.",
    "cs": "Ministryně v pondělí řekla, že most se před zimou stavět nebude. Opozice jí vytýká, že plán nezná a že je pozdě.",
    "de": "Die Ministerin sagte am Montag, die Brücke werde nicht vor dem Winter gebaut, weil das Geld für sie fehlt.",
    "el": "Η υπουργός είπε τη Δευτέρα ότι η γέφυρα δεν θα χτιστεί πριν από τον χειμώνα. Λένε ότι δεν γνωρίζει το σχέδιο.",
    "es": "La ministra dijo el lunes que el puente no se construirá antes del invierno. La oposición critica el plan.",
    "fa": "وزیر روز دوشنبه گفت که پل تا زمستان ساخته نمی شود و مخالفان می گویند او از این طرح خبر ندارد.",
    "fi": "Ministeri sanoi maanantaina, että siltaa ei rakenneta ennen talvea, mutta työ on jo alkanut ja hän on tyytyväinen.",
    "fr": "La ministre a déclaré lundi que le pont ne serait pas construit avant l'hiver. On lui reproche le retard.",
    "he": "השרה אמרה ביום שני כי הגשר לא ייבנה לפני החורף. האופוזיציה טוענת כי היא לא מכירה את התוכנית.",
    "hi": "मंत्री ने सोमवार को कहा कि पुल सर्दी से पहले नहीं बनेगा। विपक्ष का कहना है कि वह इस योजना को नहीं जानती हैं।",
    "hr": "Ministrica je u ponedjeljak rekla da se most neće graditi prije zime. Oporba joj zamjera što ne zna plan.",
    "hu": "A miniszter hétfőn azt mondta, hogy a híd nem épül meg a tél előtt. Az ellenzék szerint ez már késő.",
    "id": "Menteri mengatakan pada hari Senin bahwa jembatan itu tidak akan dibangun sebelum musim dingin karena biaya.",
    "it": "La ministra ha detto lunedì che il ponte non sarà costruito prima dell'inverno. Non è il solo ritardo.",
    "ja": "大臣は月曜日、橋は冬の前には建設されないと述べた。野党は大臣が計画を知らないと批判している。",
    "ko": "장관은 월요일 다리가 겨울 전에 건설되지 않을 것이라고 말했다. 야당은 장관이 계획을 모른다고 비판했다.",
    "nl": "De minister zei maandag dat de brug niet voor de winter wordt gebouwd. De oppositie verwijt haar het uitstel.",
    "no": "Statsråden sa mandag at broen ikke blir bygget før vinteren, og at det er for sent å endre seg etter planen.",
    "pl": "Minister powiedziała w poniedziałek, że most nie zostanie zbudowany przed zimą i że to nie jest jej plan.",
    "pt": "A ministra disse na segunda-feira que a ponte não será construída antes do inverno, mas não é para já.",
    "ro": "Ministra a spus luni că podul nu va fi construit înainte de iarnă și că este prea târziu pentru plan.",
    "ru": "Министр заявила в понедельник, что мост не построят до зимы. Её упрекают в том, что она не знает плана.",
    "sv": "Ministern sade på måndagen att bron inte kommer att byggas före vintern och att det är för sent.",
    "th": "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานจะไม่สร้างก่อนฤดูหนาว ฝ่ายค้านวิจารณ์ว่าเธอไม่รู้แผน",
    "tr": "Bakan pazartesi günü köprünün kıştan önce yapılmayacağını söyledi. Bu iş için çok geç olduğunu da dedi.",
    "uk": "Міністерка сказала в понеділок, що міст не збудують до зими. Опозиція закидає, що вона не знає плану.",
    "vi": "Bộ trưởng nói hôm thứ Hai rằng cây cầu sẽ không được xây trước mùa đông và đã quá muộn cho các kế hoạch này.",
    "zh": "部长周一表示，大桥不会在冬季之前建成。反对派批评她不了解该计划。",
}
ENGLISH = [
    "“We will not build it,” said Jean-Baptiste de la Motte-Ango, of the Parti des Gens du Pays, in Saint-Rémy-la-Forêt.",
    "Van der Velde, von der Aue and de los Ríos met Al-Masri in Den Haag; Le Courrier du Soir and Die Woche reported it.",
    "Ada Lind (Norrköping) 6-4, 6-3; Mara Velden (Ostermouth) 7-5, 6-1; Tilo Brandt (Lumen) walkover.",
    "Velden: no",
    "Marken v. Brandt",
    "Что это? the minister asked in Russian, and then she went on in English for the rest of the hour.",
    "U-S-A! U-S-A!",
    "Deportivo de la Costa 0, Unión y Fuerza del Norte 0; Gimnasia y Tiro de Las Lomas 2, Rayo de los Andes 2.",
    "João dos Santos da Mata; Inês de Brito e Vale; Companhia do Vale do Prado; Rua do Ouro e da Prata: list of names.",
    "Piet van der Velde, Jan van den Berg en Kees ter Borg of Het Loo; Anna von der Aue zu Elm in der Au.",
    "",
    "12:30 14:45 1,204.50",
]


@pytest.mark.parametrize("known", TEXTS)
def test_two_sentences_are_enough(known: str) -> None:
    assert language.of("", TEXTS[known]) == known
    assert language.named(known) != language.named("xx")


@pytest.mark.parametrize("text", ENGLISH)
def test_names_and_scraps_are_not_taken_for_another_language(text: str) -> None:
    assert language.of("", text) == "en"


def test_the_main_part_decides() -> None:
    english = "The minister said on Monday that the bridge would not be built before winter, and that it was her plan. "
    assert language.of("", f"{english * 3}{TEXTS['de']}") == "en"
    assert language.of("", f"{english}{TEXTS['de'] * 3}") == "de"
    assert language.of("", f"{english * 3}{TEXTS['ru']}") == "en"


def test_a_language_that_is_not_known_is_not_english() -> None:
    made_up = "Belanko tarvi moresta kulimo drevan sitoru palmek onvira. " * 20
    assert language.of("", made_up) == language.UNKNOWN
    georgian = "მინისტრმა ორშაბათს განაცხადა, რომ ხიდი ზამთრამდე არ აშენდება."
    assert language.of("", georgian) == language.UNKNOWN
    assert "not known" in language.named(language.UNKNOWN)


@given(title=st.text(max_size=50), text=st.text(max_size=500))
def test_any_text_has_a_language(title: str, text: str) -> None:
    assert language.named(language.of(title, text))


@pytest.mark.parametrize(
    "text",
    [
        "Mantri ne somvar ko kaha ki pul is saal nahi banega aur is yojana ke liye paise nahi hai to kaam me der hogi. ",
        "Dúirt an tAire Dé Luain nach dtógfar an droichead roimh an gheimhreadh toisc nach bhfuil an t-airgead ann. ",
        "Ministan ya ce a ranar Litinin cewa ba za a gina gadar ba a bana saboda rashin kudi a kasar. ",
        "Minisita naa so pe won ko ni ko afara naa ki igba otutu to de nitori owo ko si ninu apo. ",
        "Ministrė pirmadienį sakė, kad tiltas nebus statomas iki žiemos, nes nėra pinigų, o opozicija plano nežino. ",
        "Ministroak astelehenean esan zuen zubia ez dela negua baino lehen eraikiko, ez baitago dirurik horretarako. ",
        "I ypourgos eipe ti Deftera oti i gefyra den tha chtistei prin apo ton cheimona giati den yparchoun chrimata. ",
    ],
    ids=["Hindi in Latin letters", "Irish", "Hausa", "Yoruba", "Lithuanian", "Basque", "Greek in Latin letters"],
)
def test_what_has_short_words_in_common_with_english_is_not_english(text: str) -> None:
    assert language.of("", text * 6) != "en"


def test_a_text_without_end_is_judged_by_its_beginning() -> None:
    german = "Der Minister hat am Montag gesagt, dass die Brücke im Winter nicht gesperrt wird. "
    beginning = german * (language.SAMPLE // len(german) + 1)
    assert language.of("", beginning + "The minister said that it was not so. " * 100_000) == "de"


@pytest.mark.parametrize("piece", ["a", "aé", " a", "'", "a'", "的", "\u0301"])
def test_the_work_on_a_text_is_in_proportion_to_its_length(piece: str) -> None:
    assert growth(lambda text: language.of("", text), piece, language.SAMPLE) < ROOM

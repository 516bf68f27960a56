"""The widget around the conversation: what it asks of the network, its options, settings, exits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from audit import axe
from chat_stage import ANSWER, SLOTS, Chat, Stage, staged
from embedded import NOTHING, PARTS, Embedded
from playwright.sync_api import Browser, Locator, Route, expect

from accueil.services.ports import BotMessage

pytestmark = pytest.mark.browser
DESKTOP = {"width": 1280, "height": 900}
EXIT = "https://sortie.example/meteo"
LONE_SHIFTS = ("Shift", "Shift", "Shift")


@pytest.fixture(scope="module")
def stage(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(empty_database, tmp_path_factory.mktemp("shell")) as stage:
        yield stage


@pytest.fixture
def chat(browser: Browser, stage: Stage) -> Iterator[Chat]:
    stage.will_say()
    chat = Chat(browser, stage)
    yield chat
    chat.context.close()


def test_nothing_is_asked_or_kept_before_opening(chat: Chat) -> None:
    page = Embedded(chat)
    launcher = page.button("Ouvrir la discussion")
    launcher.hover()
    launcher.focus()
    chat.page.wait_for_load_state("networkidle")
    assert page.paths() == ["/une-page", "/static/widget/premier-accueil.js"]
    assert page.kept() == NOTHING
    page.open()
    assert "token" in page.kept()
    assert chat.context.cookies() == []


def test_opening_asks_for_all_modules_at_once_and_shows_numbers_meanwhile(chat: Chat) -> None:
    held: list[Route] = []
    page = Embedded(chat)
    chat.page.route("**/static/widget/*.js", lambda route: held.append(route))
    page.button("Ouvrir la discussion").click()
    dialog = chat.page.get_by_role("dialog")
    expect(dialog.get_by_role("status").filter(has_text="J’ouvre la discussion")).to_be_visible()
    for number in ("3114", "15", "112"):
        link = dialog.get_by_role("link", name=f"Appeler le {number}", exact=True)
        expect(link).to_have_attribute("href", f"tel:{number}")
    # A module that waited for another one would never be asked for here.
    asked = {f"/static/widget/{part}.js" for part in PARTS}
    assert asked <= set(page.paths())
    chat.page.clock.run_for(9_000)
    expect(dialog).to_contain_text("Le réseau est lent")
    for route in held:
        route.continue_()
    expect(chat.log).to_contain_text("D’accord.")
    expect(chat.box).to_be_focused()
    assert {path for path in page.paths() if "/widget/" in path} == {
        "/static/widget/premier-accueil.js",
        *asked,
    }


def test_a_failed_load_says_so_and_can_be_tried_again(chat: Chat) -> None:
    page = Embedded(chat)
    chat.page.route("**/static/widget/view.js", lambda route: route.abort())
    page.button("Ouvrir la discussion").click()
    expect(chat.page.get_by_role("dialog")).to_contain_text("La discussion ne s’ouvre pas")
    chat.page.unroute("**/static/widget/view.js")
    page.button("Réessayer").click()
    expect(chat.log).to_contain_text("D’accord.")


def test_options_of_the_tag(chat: Chat) -> None:
    long = "Bienvenue & <b>bonjour</b>. " * 20
    page = Embedded(
        chat,
        title="Mission Locale d’ici",
        accent="#ffd400",
        accent_dark="jaune",
        position="left",
        offset="72",
        territory="59512",
        message=long,
        theme="dark",
    )
    box = page.button("Ouvrir la discussion").bounding_box()
    assert box is not None
    assert box["x"] < 40
    assert 844 - box["y"] - box["height"] >= 72
    page.open()
    expect(chat.page.get_by_role("heading", name="Mission Locale d’ici")).to_be_visible()
    first = chat.log.locator(".bubble").first
    expect(first).to_contain_text("Bienvenue & <b>bonjour</b>.")
    assert len(first.inner_text()) <= 320
    opened = next(one for one in page.asked if one.url.endswith("/api/chat/sessions"))
    assert opened.post_data_json == {"territory": "59512"}
    assert page.style(".send", "background-color") == "rgb(255, 212, 0)"
    assert page.style(".send", "color") == "rgb(0, 0, 0)"
    assert page.style(".root", "color-scheme") == "dark"
    assert any("accentDark" in line for line in page.told)
    assert axe(chat.page) == []


@pytest.mark.parametrize("remember", [False, True])
def test_settings_are_kept_after_a_reload(chat: Chat, remember: bool) -> None:
    page = Embedded(chat, **({"remember": ""} if remember else {}))
    page.open()
    page.settings()
    chat.page.get_by_role("radio", name="Sombre").check()
    chat.page.get_by_role("radio", name="Très grand").check()
    chat.page.get_by_role("switch", name="Version facile à lire").check()
    assert page.style(".root", "font-size") == "24px"
    session, local = chat.page.evaluate("[sessionStorage.length, localStorage.length]")
    assert (session, local) == ((0, 2) if remember else (2, 0))
    chat.page.reload()
    assert page.style(".root", "color-scheme") == "light", "nothing is read before opening"
    page.open()
    assert page.style(".root", "color-scheme") == "dark"
    assert page.style(".root", "font-size") == "24px"
    page.settings()
    expect(chat.page.get_by_role("switch", name="Version facile à lire")).to_be_checked()


def lang_of(part: Locator) -> str:
    """Return the language that assistive technology is told."""
    return str(part.evaluate("(node) => node.closest('[lang]').lang"))


def test_labels_in_english_and_back(chat: Chat) -> None:
    page = Embedded(chat, lang="en")
    page.open("Open the chat")
    expect(chat.log).to_contain_text("I speak French")
    expect(chat.page.locator(".root")).to_have_attribute("lang", "en")
    expect(chat.log.locator(".bot").first).to_have_attribute("lang", "fr")
    box = chat.page.get_by_role("textbox", name="Your message")
    expect(box).to_have_attribute("title", "Your message")
    answer = BotMessage("Voilà.", SLOTS.buttons, (*SLOTS.cards, *ANSWER.cards))
    chat.stage.will_say(answer)
    box.fill("un rdv")
    box.press("Enter")
    for name in ("Useful?", "Choose another date"):
        assert lang_of(chat.log.get_by_text(name)) == "en"
    for name in ("Vérifié le", "10\u00a0h\u00a030", "nouvelle fenêtre"):
        assert lang_of(chat.log.get_by_text(name).last) == "fr"
    assert lang_of(chat.page.get_by_role("group", name="Suggested answers")) == "en"
    box.fill("Un brouillon")
    page.settings(section="Settings")
    chat.page.get_by_role("radio", name="Français").check()
    expect(chat.page.get_by_role("radio", name="Français")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.box).to_have_value("Un brouillon")
    expect(chat.log).to_contain_text("personne ne lit en direct")


def test_discreet_keeps_nothing_and_erases_on_closing(chat: Chat) -> None:
    page = Embedded(chat, discreet="", title="Mission Locale d’ici")
    expect(page.button("Aide")).to_be_visible()
    page.open("Aide")
    expect(chat.page.get_by_role("heading", name="Aide")).to_be_visible()
    expect(chat.log).to_contain_text("rien n’est gardé sur cet appareil")
    assert page.kept() == NOTHING
    with chat.page.expect_request(lambda one: one.method == "DELETE") as erased:
        page.button("Fermer").click()
    assert erased.value.headers["authorization"].startswith("Bearer ")
    page.open("Aide")
    assert chat.log.inner_text().count("D’accord.") == 1


def test_discreet_is_a_switch_too(chat: Chat) -> None:
    page = Embedded(chat)
    page.open()
    assert page.kept() != NOTHING
    page.settings()
    chat.page.get_by_role("switch", name="Mode discret").check()
    assert page.kept() == NOTHING
    chat.page.get_by_role("radio", name="Sombre").check()
    assert page.kept() == NOTHING
    chat.page.keyboard.press("Escape")
    with chat.page.expect_request(lambda one: one.method == "DELETE"):
        chat.page.keyboard.press("Escape")
    expect(page.button("Aide")).to_be_focused()


VOICES = """
window.said = [];
const voices = [false, OWN].map((localService) => ({ lang: "fr-FR", localService }));
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  getVoices: () => voices,
  cancel: () => said.push("stop"),
  speak: ({ voice, text }) => said.push([voice.localService, text]),
}) });
"""


def test_reading_aloud_uses_a_voice_of_the_device_and_reads_once(chat: Chat) -> None:
    chat.page.add_init_script(VOICES.replace("OWN", "true"))
    page = Embedded(chat)
    page.open()
    page.settings()
    chat.page.get_by_role("switch", name="Lire les réponses à voix haute").check()
    chat.page.keyboard.press("Escape")
    chat.page.evaluate("said.length = 0")
    chat.say("c koi l'apl", ANSWER)
    assert chat.page.evaluate("said.filter(Array.isArray)") == [[True, ANSWER.text]]
    page.button("Arrêter la lecture").click()
    assert chat.page.evaluate("said.at(-1)") == "stop"
    expect(chat.box).to_be_focused()
    chat.page.reload()
    page.open_again(ANSWER.text)
    assert chat.page.evaluate("said.filter(Array.isArray)") == []


def test_a_voice_of_the_network_is_never_offered(chat: Chat) -> None:
    chat.page.add_init_script(VOICES.replace("OWN", "false"))
    page = Embedded(chat)
    page.open()
    page.settings()
    expect(chat.page.get_by_role("switch", name="Mode discret")).to_be_visible()
    expect(chat.page.get_by_role("switch", name="Lire les réponses")).to_have_count(0)


@pytest.mark.parametrize("way", ["tap", "keys"])
def test_quick_exit(chat: Chat, way: str) -> None:
    page = Embedded(chat, exit=EXIT, remember="")
    page.open()
    chat.send("un secret")
    expect(chat.log).to_contain_text("un secret")
    before = chat.page.evaluate("history.length")
    with chat.page.expect_request(lambda one: one.method == "DELETE") as erased:
        if way == "tap":
            page.button("Quitter vite").click()
        else:
            for key in LONE_SHIFTS[:2]:
                chat.page.keyboard.press(key)
            heard = chat.page.get_by_role("status").filter(has_text="Encore une fois Majuscule")
            expect(heard).to_be_attached()
            chat.page.keyboard.press("Shift")
    chat.page.wait_for_url(EXIT)
    assert erased.value.headers["authorization"].startswith("Bearer ")
    assert chat.page.evaluate("history.length") == before
    left = next(one for one in page.asked if one.url == EXIT)
    assert "referer" not in left.headers
    chat.page.goto(page.url)
    assert page.kept() == NOTHING


def test_capital_letters_do_not_leave(chat: Chat) -> None:
    page = Embedded(chat)
    page.open()
    chat.box.press_sequentially("ABC ÉTÉ")
    for key in ("Shift", "a", "Shift", "b", "Shift"):
        chat.page.keyboard.press(key)
    expect(chat.box).to_have_value("ABC ÉTÉab")


def test_quick_exit_while_modules_load_and_without_network(chat: Chat) -> None:
    page = Embedded(chat)
    chat.page.route("**/static/widget/*.js", lambda _route: None)
    page.button("Ouvrir la discussion").click()
    page.button("Quitter vite").click()
    chat.page.wait_for_url("https://www.wikipedia.org/")
    chat.page.unroute("**/static/widget/*.js")
    chat.page.goto(page.url)
    page.open()
    chat.page.unroute_all()
    chat.context.set_offline(True)
    page.button("Quitter vite").click()
    chat.page.wait_for_url("chrome-error://chromewebdata/")
    chat.context.set_offline(False)
    chat.page.goto(chat.stage.url)
    assert page.kept() == NOTHING


def test_by_keyboard_with_focus_given_back(browser: Browser, stage: Stage) -> None:
    chat = Chat(browser, stage, viewport=DESKTOP)
    page = Embedded(chat)
    page.button("Ouvrir la discussion").focus()
    chat.page.keyboard.press("Enter")
    expect(chat.box).to_be_focused()
    walked = []
    page.button("Quitter vite").focus()
    for _ in range(2):
        chat.page.keyboard.press("Tab")
        walked.append(chat.page.locator("premier-accueil :focus").inner_text().strip())
    assert walked == ["Menu", "Fermer"]
    page.settings()
    chat.page.get_by_role("radio", name="Comme mon appareil").focus()
    chat.page.keyboard.press("ArrowRight")
    expect(chat.page.get_by_role("radio", name="Clair")).to_be_checked()
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
    expect(chat.log).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(page.button("Ouvrir la discussion")).to_be_focused()
    chat.context.close()

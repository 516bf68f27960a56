/** The settings, in the menu: real radio buttons and switches; each takes effect at once. */

import { el } from "./elements.js";
import { canSpeak } from "./speech.js";
import { WORDS } from "./wording.js";

const CSS = `
.settings { display: grid; gap: .9em; padding: .3em 0 .6em; }
.settings fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.settings legend { font-weight: 650; padding: 0; }
.settings label { display: flex; gap: .6em; align-items: center; min-height: 2.75em; cursor: pointer; }
.settings input { flex: none; width: 1.4em; height: 1.4em; margin: 0; accent-color: var(--link); }
.settings .row { display: flex; flex-wrap: wrap; gap: 0 1.3em; }
.settings p { color: var(--soft); font-size: .95em; }
`;

// Loaded with this section only; WORDS has the same keys when the labels are in English.
const FRENCH = {
  theme: "Thème",
  themeAuto: "Comme mon appareil",
  themeLight: "Clair",
  themeDark: "Sombre",
  size: "Taille du texte",
  size100: "Normal",
  size125: "Grand",
  size150: "Très grand",
  easyFirst: "Version facile à lire",
  easyAbout: "Quand une réponse en a une, elle s’affiche en premier.",
  speak: "Lire les réponses à voix haute",
  speakAbout: "Avec la voix de ton appareil.",
  discreet: "Mode discret",
  discreetAbout: "Rien n’est gardé sur cet appareil. Quand tu fermes la discussion, elle est effacée.",
  labels: "Langue des boutons",
  labelsAbout: "Le robot répond toujours en français.",
};

// They are kept from one page to the next, unless the chat is discreet.
async function change(app, changes) {
  Object.assign(app.settings, changes);
  const { discreet, ...kept } = app.settings;
  const { lang } = kept;
  app.store.settings = kept;
  if ("discreet" in changes) {
    app.store.discreet = discreet;
    if (discreet) app.view.note(WORDS.discreetOn);
  }
  await app.dress();
  if (!("lang" in changes)) return;
  // The menu was built anew: bring the person back to where they were.
  await app.panel.showMenu(true);
  await app.panel.menu?.unfold("settings", true);
  app.host.shadowRoot.querySelector(`[name=pa-lang][value=${lang}]`)?.focus();
}

/** One choice among a few. `choices` are [value, label] or [value, label, language of the label]. */
function radios(app, name, legend, choices) {
  const current = app.settings[name];
  const one = ([value, label, lang]) => {
    const input = el("input", { type: "radio", name: `pa-${name}`, value, checked: value === current });
    input.addEventListener("change", () => change(app, { [name]: value }));
    return el("label", { lang }, input, label);
  };
  return el("fieldset", {}, el("legend", {}, legend), el("div", { class: "row" }, choices.map(one)));
}

function toggle(app, name, label, about) {
  const id = `pa-about-${name}`;
  const input = el("input", {
    type: "checkbox",
    role: "switch",
    checked: Boolean(app.settings[name]),
    "aria-describedby": about && id,
    onChange: () => change(app, { [name]: input.checked }),
  });
  return el("div", {}, el("label", {}, input, label), about && el("p", { id }, about));
}

/** @param {import("./app.js").App} app @returns {Promise<HTMLElement>} the section of the menu */
export async function section(app) {
  if (!app.host.settingsStyled) app.host.adopt(CSS);
  app.host.settingsStyled = true;
  const speaks = await canSpeak();
  const words = { ...FRENCH, ...WORDS };
  return el(
    "div",
    { class: "settings" },
    radios(app, "theme", words.theme, [
      ["auto", words.themeAuto],
      ["light", words.themeLight],
      ["dark", words.themeDark],
    ]),
    radios(app, "size", words.size, [
      [100, words.size100],
      [125, words.size125],
      [150, words.size150],
    ]),
    toggle(app, "easy", words.easyFirst, words.easyAbout),
    speaks ? toggle(app, "speak", words.speak, words.speakAbout) : null,
    toggle(app, "discreet", words.discreet, words.discreetAbout),
    radios(app, "lang", words.labels, [
      ["fr", "Français", "fr"],
      ["en", "English", "en"],
    ]),
    el("p", {}, words.labelsAbout),
  );
}

/**
 * What the header's menu holds: emergency numbers, then what is seldom used. Disclosures, not an ARIA
 * menu. Loaded when the menu is opened.
 */

import { button, el, hiddenText } from "./elements.js";
import { WORDS } from "./wording.js";

// Each module is loaded when its section is opened, and exports `section(app)`: a node or its promise.
const SECTIONS = {
  transfer: () => import("./transfer.js"),
  transcript: () => import("./transcript.js"),
  settings: () => import("./settings.js"),
};

const CSS = `
.menu h3 { font-weight: 650; margin-bottom: .2em; }
.menu li a { display: grid; grid-template-columns: 3.6em 1fr; align-items: center; min-height: 2.75em; line-height: 1.3;
  text-decoration: none; }
.menu li b { text-decoration: underline; }
.menu li b + span { color: var(--text); }
.menu li a:hover span { text-decoration: underline; }
.menu > .ways, .section, .confirm { margin-top: .8em; padding-top: .9em; border-top: 1px solid var(--raised); }
.confirm p + .ways { margin-top: .6em; }
.stack { display: grid; gap: .6em; justify-items: start; }
.risky { border-color: var(--alert); color: var(--alert); }
.section > .toggle { display: flex; justify-content: space-between; align-items: center; width: calc(100% + 1em); margin: 0 -.5em; padding: .4em .5em;
  text-align: left; border-color: transparent; font-weight: 550; }
.section > .toggle::after { flex: none; margin: 0 .4em; }
`;

// WORDS has the same keys when the labels are in English.
const FRENCH = {
  danger: "En danger\u202f?",
  dangerFree: "Gratuit, jour et nuit.",
  dial: "Appeler le ",
  write: "Écrire au ",
  transfer: "Continuer sur mon téléphone",
  transcript: "Garder une trace",
  settings: "Réglages",
  erase: "Effacer la conversation",
  eraseAsk: "Effacer toute la conversation\u202f? On ne pourra pas la retrouver.",
  eraseYes: "Oui, effacer",
  cancel: "Annuler",
  eraseFailed: "Je n’arrive pas à effacer pour l’instant. Réessaie dans un moment.",
};

export const EMERGENCY = [
  { number: "3114", href: "tel:3114", about: "Idées suicidaires, pour toi ou un proche" },
  { number: "15", href: "tel:15", about: "Urgence médicale" },
  { number: "112", href: "tel:112", about: "Toute urgence" },
];
export const EMERGENCY_SMS = {
  number: "114",
  href: "sms:114",
  about: "Par SMS, si tu ne peux pas parler",
};

export class Menu {
  /** @param {import("./app.js").App} app @param {HTMLElement} box is filled @param {() => void} onErased */
  constructor(app, box, onErased) {
    this.app = app;
    this.onErased = onErased;
    this.words = { ...FRENCH, ...WORDS };
    if (!app.host.menuStyled) app.host.adopt(CSS);
    app.host.menuStyled = true;
    const { words } = this;
    this.ask = button(words.erase, () => this.#confirming(true));
    this.refuse = button(words.cancel, () => this.#confirming(false));
    this.accept = button(words.eraseYes, () => this.#erase(), { class: "risky" });
    this.failed = el("p", { role: "status" });
    this.confirm = el(
      "div",
      { class: "confirm", role: "group", "aria-labelledby": "pa-ask" },
      el("p", { id: "pa-ask" }, words.eraseAsk),
      el("div", { class: "ways" }, this.accept, this.refuse),
      this.failed,
    );
    this.sections = new Map(Object.keys(SECTIONS).map((name) => [name, this.#section(name)]));
    const sections = [...this.sections.values()].map(({ head, body }) => el("div", { class: "section" }, head, body));
    this.asking = el("div", { class: "ways" }, this.ask);
    box.replaceChildren(...this.#danger(), ...sections, this.confirm, this.asking);
    this.reset();
  }

  /** Ask nothing any more. */
  reset() {
    this.confirm.hidden = true;
    this.asking.hidden = false;
    this.failed.textContent = "";
  }

  /** Open or close the section `name`; it is built anew each time. */
  async unfold(name, open) {
    const { head, body } = this.sections.get(name);
    head.setAttribute("aria-expanded", `${open}`);
    body.replaceChildren();
    if (!open) return;
    try {
      const { section } = await SECTIONS[name]();
      body.replaceChildren(await section(this.app));
    } catch {
      head.setAttribute("aria-expanded", "false");
      body.textContent = WORDS.unreachable;
    }
  }

  #danger() {
    const { words } = this;
    const row = ({ number, href, about }, way) =>
      el("li", {}, el("a", { href }, el("b", {}, hiddenText(way), number), el("span", {}, words[number] ?? about)));
    return [
      el("h3", {}, words.danger, el("span", { class: "soft" }, ` ${words.dangerFree}`)),
      el("ul", {}, EMERGENCY.map((entry) => row(entry, words.dial)), row(EMERGENCY_SMS, words.write)),
    ];
  }

  #section(name) {
    const turn = () => this.unfold(name, head.getAttribute("aria-expanded") !== "true");
    const attributes = { class: "toggle", "aria-expanded": "false", "aria-controls": `pa-${name}` };
    const head = button(this.words[name], turn, attributes);
    return { head, body: el("div", { id: `pa-${name}` }) };
  }

  #confirming(asking) {
    this.reset();
    this.confirm.hidden = !asking;
    this.asking.hidden = asking;
    (asking ? this.refuse : this.ask).focus();
  }

  async #erase() {
    this.failed.textContent = "";
    if (await this.app.conversation.erase()) this.onErased();
    else this.failed.textContent = this.words.eraseFailed;
  }
}

/** « Continuer sur mon téléphone »: a short code moves the conversation, in both directions. */

import { button, el, hiddenText, outerLink, safeUrl } from "./elements.js";
import { failure } from "./wording.js";

const MINUTE_MS = 60_000;
/** How long a code serves (accueil/services/chat/transfer.py). Counted here: the clocks of phones are often wrong. */
const LASTS_MS = 10 * MINUTE_MS;

const LABELS = {
  fr: {
    about: "Un code fait passer ta conversation dans une application ou sur un autre appareil. Ici, elle s’arrêtera.",
    get: "Avoir un code",
    another: "Avoir un autre code",
    code: "Ton code\u00a0: ",
    hyphen: "tiret",
    copy: "Copier le code",
    copied: "Code copié.",
    send: "Envoie-le comme message dans l’application, ou écris-le dans ce menu sur l’autre appareil.",
    left: (minutes) => (minutes > 1 ? `Valable encore ${minutes} minutes.` : "Valable encore une minute."),
    over: "Ce code n’est plus valable.",
    open: "Ouvrir ",
    have: "J’ai un code",
    hint: "8 lettres et chiffres, par exemple K7QF-3M2P. La conversation d’ici sera remplacée.",
    take: "Reprendre ma conversation",
    empty: "Écris d’abord le code.",
    nothing: "Il n’y a pas encore de conversation ici.",
  },
  en: {
    about: "A code moves your conversation to an app or to another device. It will stop here.",
    get: "Get a code",
    another: "Get another code",
    code: "Your code: ",
    hyphen: "hyphen",
    copy: "Copy the code",
    copied: "Code copied.",
    send: "Send it as a message in the app, or write it in this menu on the other device.",
    left: (minutes) => (minutes > 1 ? `Valid for ${minutes} more minutes.` : "Valid for one more minute."),
    over: "This code is no longer valid.",
    open: "Open ",
    have: "I have a code",
    hint: "8 letters and digits, for example K7QF-3M2P. The conversation here will be replaced.",
    take: "Take up my conversation",
    empty: "Write the code first.",
    nothing: "There is no conversation here yet.",
  },
};

const CSS = `
.transfer .big { font: 700 1.7em/1.3 ui-monospace, monospace; letter-spacing: .08em; }
.transfer form { display: grid; gap: .4em; justify-items: start; width: 100%; padding-top: .7em; border-top: 1px solid var(--raised); }
.transfer label { font-weight: 650; }
.transfer input { font: inherit; font-family: ui-monospace, monospace; letter-spacing: .08em; text-transform: uppercase; color: inherit;
  background: var(--surface); width: 11em; max-width: 100%; min-height: 2.75em; padding: .4em .7em; border: 1px solid var(--line); border-radius: .6em; }
.transfer input[aria-invalid] { border-color: var(--alert); }
.transfer .wrong:not(:empty) { color: var(--alert); font-weight: 650; }
`;
const dressed = new WeakSet();

/** The parts of the section that give a code and count its minutes. */
class Giving {
  constructor(app, labels) {
    Object.assign(this, { app, labels });
    // One sentence for assistive technology, letter by letter; the sign on screen is hidden from it.
    this.code = el("p", { role: "status" });
    this.left = el("p", { class: "soft" });
    this.more = el("div", { class: "stack", hidden: true });
    this.ask = button(labels.get, () => this.#offer());
    this.nodes = [this.ask, this.code, this.left, this.more];
  }

  async #offer() {
    const { app, labels } = this;
    clearInterval(this.timer);
    this.more.hidden = true;
    this.left.textContent = "";
    if (!app.token) return void (this.code.textContent = labels.nothing);
    try {
      const offered = await app.api.call("POST", "transfers", { token: app.token, body: {} });
      this.#show(offered, Date.now() + LASTS_MS);
    } catch (error) {
      this.code.replaceChildren(el("span", { lang: error.detail && "fr" }, failure(error)));
    }
  }

  #show({ code, apps }, expires) {
    const { labels } = this;
    const letters = [...code].map((sign) => (sign === "-" ? labels.hyphen : sign)).join(", ");
    this.code.replaceChildren(hiddenText(labels.code + letters), el("span", { class: "big", "aria-hidden": "true" }, code));
    const copied = el("span", { class: "soft", role: "status" });
    const copy = button(labels.copy, () => navigator.clipboard.writeText(code).then(() => (copied.textContent = labels.copied), () => {}));
    const links = (apps ?? []).map(({ name, url }) => {
      const href = safeUrl(url, this.app.host.base);
      return href && outerLink(href, labels.open + name, { class: "action" });
    });
    this.more.replaceChildren(el("div", { class: "ways" }, navigator.clipboard ? copy : "", copied), el("p", {}, labels.send), el("div", { class: "ways" }, links));
    this.more.hidden = false;
    this.ask.textContent = labels.another;
    this.#count(expires);
    this.timer = setInterval(() => this.#count(expires), MINUTE_MS / 6);
  }

  #count(expires) {
    const minutes = Math.ceil((expires - Date.now()) / MINUTE_MS);
    if (minutes <= 0 || !this.left.isConnected) clearInterval(this.timer);
    this.left.textContent = minutes > 0 ? this.labels.left(minutes) : "";
    if (minutes > 0) return;
    this.more.hidden = true;
    this.code.textContent = this.labels.over;
  }
}

function taking(app, labels) {
  const wrong = el("p", { id: "pa-wrong", class: "wrong", role: "status" });
  const input = el("input", {
    id: "pa-have",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: "12",
    "aria-describedby": "pa-have-hint pa-wrong",
  });
  // What the server says is in French.
  const refuse = (text, lang = app.settings.lang) => {
    Object.assign(wrong, { textContent: text, lang });
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  const onSubmit = async (event) => {
    event.preventDefault();
    const code = input.value.trim();
    wrong.textContent = "";
    input.removeAttribute("aria-invalid");
    if (!code) return refuse(labels.empty);
    try {
      await app.conversation.adopt(() => app.api.call("POST", "transfers/redeem", { body: { code } }));
    } catch (error) {
      return refuse(failure(error), error.detail ? "fr" : undefined);
    }
    app.panel.showMenu(false);
    const { log } = app.view;
    log.scrollTop = log.scrollHeight;
    app.panel.composer.focus();
  };
  return el(
    "form",
    { onSubmit },
    el("label", { for: "pa-have" }, labels.have),
    el("p", { id: "pa-have-hint", class: "soft" }, labels.hint),
    input,
    wrong,
    el("button", {}, labels.take),
  );
}

/** @param {import("./app.js").App} app @returns {HTMLElement} the section of the menu */
export function section(app) {
  const labels = LABELS[app.settings.lang] ?? LABELS.fr;
  if (!dressed.has(app.host)) app.host.adopt(CSS);
  dressed.add(app.host);
  const giving = new Giving(app, labels);
  return el("div", { class: "transfer stack" }, el("p", { class: "soft" }, labels.about), giving.nodes, taking(app, labels));
}

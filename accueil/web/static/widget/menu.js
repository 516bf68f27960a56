/** The header's menu: emergency numbers first, then erase and close. A disclosure, not an ARIA menu. */

import { button, el, hiddenText } from "./elements.js";
import { EMERGENCY, EMERGENCY_SMS, WORDS } from "./wording.js";

/** « En danger ? 3114 · 15 · 112 », each number to be tapped. */
export function dangerLine() {
  const numbers = EMERGENCY.map(({ number, href }, index) => [
    index ? el("span", { "aria-hidden": "true" }, "·") : null,
    el("a", { href }, hiddenText(WORDS.call), number),
  ]);
  return el("p", { class: "danger" }, el("b", {}, WORDS.danger), numbers);
}

function dangerList() {
  const row = ({ number, href, about }, way) =>
    el("li", {}, el("a", { href }, el("b", {}, hiddenText(way), number), el("span", {}, about)));
  return [
    el("h3", {}, WORDS.danger, el("span", { class: "soft" }, ` ${WORDS.dangerFree}`)),
    el("ul", {}, EMERGENCY.map((entry) => row(entry, WORDS.call)), row(EMERGENCY_SMS, WORDS.write)),
  ];
}

export class Menu {
  /** @param {{onErase: () => Promise<boolean>, onClose: () => void, onDone: () => void}} options */
  constructor({ onErase, onClose, onDone }) {
    this.onErase = onErase;
    this.onDone = onDone;
    this.toggle = button(WORDS.menu, () => this.show(this.panel.hidden), {
      class: "toggle",
      "aria-expanded": "false",
      "aria-controls": "pa-menu",
    });
    this.ask = button(WORDS.erase, () => this.#confirming(true));
    this.refuse = button(WORDS.cancel, () => this.#confirming(false));
    this.accept = button(WORDS.eraseYes, () => this.#erase(), { class: "risky" });
    this.failed = el("p", { role: "status" });
    this.confirm = el(
      "div",
      { class: "confirm", role: "group", "aria-labelledby": "pa-ask", hidden: true },
      el("p", { id: "pa-ask" }, WORDS.eraseAsk),
      el("div", { class: "ways" }, this.accept, this.refuse),
      this.failed,
    );
    const close = button(WORDS.close, onClose);
    this.panel = el("div", { class: "menu", id: "pa-menu", hidden: true });
    this.panel.append(...dangerList(), this.confirm, el("div", { class: "ways" }, this.ask, close));
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  show(open) {
    this.panel.hidden = !open;
    this.toggle.setAttribute("aria-expanded", `${open}`);
    this.confirm.hidden = true;
    this.ask.hidden = false;
    this.failed.textContent = "";
  }

  #confirming(asking) {
    this.confirm.hidden = !asking;
    this.ask.hidden = asking;
    this.failed.textContent = "";
    (asking ? this.refuse : this.ask).focus();
  }

  async #erase() {
    this.failed.textContent = "";
    if (await this.onErase()) {
      this.show(false);
      this.onDone();
    } else this.failed.textContent = WORDS.eraseFailed;
  }
}

/** The dialog: modal and full screen on a phone, a corner of the page elsewhere. */

import { Composer } from "./composer.js";
import { button, el, hiddenText, icon } from "./elements.js";
import { Menu, dangerLine } from "./menu.js";
import { View } from "./view.js";
import { WORDS } from "./wording.js";

const CROSS = "M6 6l12 12M18 6 6 18";
const SMALL = matchMedia("(max-width: 40em), (max-height: 30em)");
const TOUCH = matchMedia("(pointer: coarse)");

export class Panel {
  /** @param {object} options title, base, onText(text), onChoice(choice), onErase(), onClosed() */
  constructor({ title, base, onText, onChoice, onErase, onClosed }) {
    this.onClosed = onClosed;
    this.view = new View({ base, notice: this.#notice(), onChoice, refocus: () => this.#refocus() });
    this.composer = new Composer({ onSend: onText, say: (text) => this.view.say(text) });
    this.menu = new Menu({
      onErase,
      onClose: () => this.close(),
      onDone: () => this.composer.focus(),
    });
    this.dialog = this.#build(title);
    SMALL.addEventListener("change", () => this.isOpen && this.#rearrange());
    window.visualViewport?.addEventListener("resize", () => this.#fit());
    window.visualViewport?.addEventListener("scroll", () => this.#fit());
    for (const name of ["online", "offline"]) {
      window.addEventListener(name, () => this.composer.setOnline(name === "online"));
    }
  }

  isOpen = false;

  open() {
    this.isOpen = true;
    this.#show();
    this.composer.setOnline(navigator.onLine !== false);
    this.composer.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.menu.show(false);
    this.dialog.close();
    this.#lockPage(false);
    this.onClosed();
  }

  #notice() {
    const robot = el("p", { id: "pa-robot" }, WORDS.robot);
    return el("div", { class: "notice" }, robot, dangerLine());
  }

  #build(title) {
    const cross = el(
      "button",
      { type: "button", class: "cross", onClick: () => this.close() },
      icon(CROSS),
      hiddenText(WORDS.close),
    );
    const name = el("h2", { id: "pa-title" }, title);
    const dialog = el(
      "dialog",
      { class: "panel", id: "pa-panel", "aria-labelledby": "pa-title", "aria-describedby": "pa-robot" },
      el("div", { class: "bar" }, name, this.menu.toggle, cross),
      this.menu.panel,
      this.view.log,
      this.composer.form,
      this.view.status,
    );
    dialog.addEventListener("keydown", (event) => this.#key(event));
    // The page cannot see that focus is in a text field here: its one-key shortcuts must not fire.
    for (const name of ["keyup", "keypress"]) {
      dialog.addEventListener(name, (event) => event.stopPropagation());
    }
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#back();
    });
    dialog.addEventListener("close", () => !dialog.open && this.close());
    return dialog;
  }

  #key(event) {
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    this.#back();
  }

  // Escape, and the back gesture of Android: one step at a time.
  #back() {
    if (!this.menu.isOpen) return this.close();
    this.menu.show(false);
    this.menu.toggle.focus();
  }

  #refocus() {
    // On a touch screen, focus on the input would raise the keyboard over the answer.
    if (TOUCH.matches) this.view.log.focus({ preventScroll: true });
    else this.composer.focus();
  }

  #show() {
    const full = SMALL.matches;
    if (full) this.dialog.showModal();
    else this.dialog.show();
    this.dialog.classList.toggle("full", full);
    this.#lockPage(full);
    this.#fit();
  }

  #rearrange() {
    const focused = this.dialog.getRootNode().activeElement;
    this.dialog.close();
    this.#show();
    focused?.focus({ preventScroll: true });
  }

  #lockPage(locked) {
    document.documentElement.style.overflow = locked ? "hidden" : "";
  }

  // The on-screen keyboard covers the bottom of a fixed box on iOS: follow what is really visible.
  #fit() {
    const seen = window.visualViewport;
    const follow = this.isOpen && SMALL.matches && seen && Math.abs(seen.scale - 1) < 0.01;
    this.dialog.style.height = follow ? `${seen.height}px` : "";
    this.dialog.style.top = follow ? `${seen.offsetTop}px` : "";
  }
}

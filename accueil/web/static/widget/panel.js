/** What the dialog holds once the chat is loaded: the menu, the messages, the writing area. */

import { Composer } from "./composer.js";
import { button, el } from "./elements.js";
import { View } from "./view.js";
import { WORDS } from "./wording.js";

const TOUCH = matchMedia("(pointer: coarse)");

export class Panel {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.host = app.host;
    this.dialog = app.host.dialog;
    this.robot = el("p", { id: "pa-robot" });
    this.view = new View({
      base: app.host.base,
      notice: el("div", { class: "notice" }, this.robot, app.host.danger),
      onChoice: (choice) => app.choose(choice),
      refocus: () => this.#refocus(),
    });
    this.host.small.addEventListener("change", () => this.host.isOpen && this.#rearrange());
    window.visualViewport?.addEventListener("resize", () => this.#fit());
    window.visualViewport?.addEventListener("scroll", () => this.#fit());
    for (const name of ["online", "offline"]) {
      window.addEventListener(name, () => this.composer.setOnline(name === "online"));
    }
  }

  /** Put everything in place, in the language of WORDS; the messages and the draft stay. */
  build() {
    const { app, host, view, dialog } = this;
    const draft = this.composer?.input.value;
    const focused = dialog.getRootNode().activeElement;
    const wasLoading = host.body.contains(focused) || host.name === focused;
    for (const old of [host.body, this.toggle, this.box, this.composer?.form]) old?.remove();
    this.robot.textContent = WORDS.robot;
    this.composer = new Composer({ onSend: (text) => app.sendText(text), say: (text) => view.say(text) });
    this.menu = null;
    this.box = el("div", { class: "menu", id: "pa-menu", hidden: true });
    const controls = { class: "toggle", "aria-expanded": "false", "aria-controls": "pa-menu" };
    this.toggle = button(WORDS.menu, () => this.showMenu(this.box.hidden), controls);
    host.cross.before(this.toggle);
    view.log.setAttribute("aria-label", WORDS.log);
    dialog.setAttribute("aria-describedby", "pa-robot");
    host.bar.after(this.box, view.log, this.composer.form, view.status);
    if (draft) this.composer.restore(draft);
    if (wasLoading) this.composer.focus();
  }

  opened() {
    this.#fit();
    this.composer.setOnline(navigator.onLine !== false);
    this.composer.focus();
  }

  closed() {
    this.showMenu(false);
  }

  /** Open or close the menu, which is loaded the first time. */
  async showMenu(open) {
    const { log } = this.view;
    if (open === this.box.hidden) {
      // The menu takes the place of the messages, which must be found where they were.
      if (open) this.scrolled = log.scrollTop;
      this.box.hidden = !open;
      this.dialog.classList.toggle("at-menu", open);
      if (!open) log.scrollTop = this.scrolled;
    }
    this.toggle.setAttribute("aria-expanded", `${open}`);
    if (!open) return;
    try {
      const { Menu } = await import("./menu.js");
      this.menu ??= new Menu(this.app, this.box, () => this.#erased());
      this.menu.reset();
    } catch {
      this.box.textContent = WORDS.unreachable;
    }
  }

  /** @returns {boolean} true when the menu or the calendar was open: it closes first */
  back() {
    if (this.box.hidden) return this.view.back();
    this.showMenu(false);
    this.toggle.focus();
    return true;
  }

  #erased() {
    this.showMenu(false);
    this.composer.focus();
  }

  #refocus() {
    // On a touch screen, focus on the input would raise the keyboard over the answer.
    if (TOUCH.matches) this.view.log.focus({ preventScroll: true });
    else this.composer.focus();
  }

  #rearrange() {
    const focused = this.dialog.getRootNode().activeElement;
    this.dialog.close();
    this.host.show();
    this.#fit();
    focused?.focus({ preventScroll: true });
  }

  // The on-screen keyboard covers the bottom of a fixed box on iOS: follow what is really visible.
  #fit() {
    const seen = window.visualViewport;
    const follow = this.host.isOpen && this.host.small.matches && seen && Math.abs(seen.scale - 1) < 0.01;
    this.dialog.style.height = follow ? `${seen.height}px` : "";
    this.dialog.style.top = follow ? `${seen.offsetTop}px` : "";
  }
}

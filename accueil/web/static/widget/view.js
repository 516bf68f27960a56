/** The conversation on screen: one live region, to which each message is added whole and once. */

import { renderCards, renderChoices } from "./cards.js";
import { button, el, hiddenText, linkify } from "./elements.js";
import { WORDS, failure } from "./wording.js";

const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");

// The reader's own day, as an ISO date: toISOString would give the UTC one.
function today() {
  const now = new Date();
  const two = (value) => `${value}`.padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export class View {
  /**
   * @param {{base: string, notice: HTMLElement, onChoice: Function, refocus: Function}} options
   * `onChoice({button, title})` is called when a quick reply is pressed; `refocus()` when the
   * control that holds focus is about to go.
   */
  constructor({ base, notice, onChoice, refocus }) {
    Object.assign(this, { base, onChoice, refocus });
    this.status = el("p", { class: "sr", role: "status" });
    this.messages = el("div", { class: "messages" });
    this.problem = el("div", { class: "problem" });
    const dots = el("p", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.dots = el("div", { hidden: true }, dots);
    this.log = el(
      "div",
      { class: "log", role: "log", "aria-live": "polite", "aria-label": WORDS.log, tabindex: "0" },
      notice,
      this.messages,
      this.problem,
      this.dots,
    );
  }

  /** Say something to assistive technology only. */
  say(text) {
    this.status.textContent = text;
  }

  /** Show that an answer is awaited; said once, and only when the wait is long enough to matter. */
  wait(waiting) {
    clearTimeout(this.waitTimer);
    this.dots.hidden = !waiting;
    for (const choice of this.messages.querySelectorAll(".choices button")) {
      if (waiting) choice.setAttribute("aria-disabled", "true");
      else choice.removeAttribute("aria-disabled");
    }
    if (waiting) {
      this.waitTimer = setTimeout(() => this.say(WORDS.typing), 700);
      this.#scrollTo(this.log.scrollHeight);
    } else if (this.status.textContent === WORDS.typing) this.say("");
  }

  /** Forget every message and error, then show `notes` (plain sentences), if any. */
  clear(...notes) {
    this.messages.replaceChildren(...notes.map((note) => el("p", { class: "note" }, note)));
    this.problem.replaceChildren();
  }

  /** Put a past conversation back, without reading it all aloud; unsent messages stay at the end. */
  showHistory(messages) {
    const unsent = [...this.messages.querySelectorAll(".failed, .pending")];
    const lastAsked = messages.map((message) => message.author).lastIndexOf("user");
    const nodes = messages.map((message, index) =>
      message.author === "user" ? this.#user(message.text ?? "") : this.#bot(message, index > lastAsked),
    );
    this.log.setAttribute("aria-live", "off");
    this.messages.replaceChildren(...nodes.filter(Boolean), ...unsent);
    this.#scrollTo(this.log.scrollHeight);
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 300);
    if (nodes.length) this.say(WORDS.restored);
  }

  /** Add what the person said. @returns {HTMLElement} to be given to `sent` or `fail` */
  addUser(text) {
    const node = this.#user(text);
    node.classList.add("pending");
    this.messages.append(node);
    this.#scrollTo(this.log.scrollHeight);
    return node;
  }

  sent(node) {
    node.classList.remove("pending");
  }

  /** Add a reply, before what still waits to be sent. Earlier choices go: they are answered. */
  addReply(messages) {
    for (const old of this.messages.querySelectorAll(".choices")) {
      if (old.contains(this.log.getRootNode().activeElement)) this.refocus();
      old.remove();
    }
    this.problem.replaceChildren();
    const first = !this.messages.querySelector(".bot");
    const nodes = (messages ?? []).map((message) => this.#bot(message, true)).filter(Boolean);
    const reply = document.createDocumentFragment();
    reply.append(...nodes);
    this.messages.insertBefore(reply, this.messages.querySelector(".pending"));
    // A long answer is read from its first line: do not jump past it, nor past the opening notice.
    if (nodes.length) this.#scrollTo(first ? 0 : nodes[0].offsetTop - 12);
  }

  /** Say something that is no message: it is not kept, and reading aloud announces it. */
  note(text) {
    this.messages.append(el("p", { class: "note" }, text));
    this.#scrollTo(this.log.scrollHeight);
  }

  /** Mark a message as not sent, and offer ways out. `onEdit` may be absent. */
  fail(node, error, { onResend, onEdit }) {
    node.classList.replace("pending", "failed");
    const resend = button(WORDS.resend, () => {
      this.refocus();
      this.#retrying(node);
      onResend();
    });
    const ways = [resend, onEdit && button(WORDS.edit, onEdit)];
    const text = el("p", {}, el("b", {}, WORDS.notSent), failure(error));
    node.append(el("div", { class: "failure" }, text, el("div", { class: "ways" }, ways)));
    this.#scrollTo(this.log.scrollHeight);
  }

  /** The conversation could not start or be found again. */
  showProblem(error, onRetry) {
    const retry = button(WORDS.retry, () => {
      this.refocus();
      this.problem.replaceChildren();
      onRetry();
    });
    const ways = el("div", { class: "ways" }, retry);
    this.problem.replaceChildren(el("div", { class: "failure" }, el("p", {}, failure(error)), ways));
    this.#scrollTo(this.log.scrollHeight);
  }

  #user(text) {
    const bubble = el("p", { class: "bubble text" }, hiddenText(WORDS.you), text);
    return el("div", { class: "message user" }, bubble);
  }

  #bot(message, withChoices) {
    const said = message.text
      ? el("p", { class: "bubble text" }, hiddenText(WORDS.bot), linkify(message.text))
      : null;
    const cards = renderCards(message.cards, { base: this.base, today: today() });
    const choices = withChoices && renderChoices(message, (choice) => this.#choose(choice));
    if (!said && !cards.length && !choices) return null;
    return el("div", { class: "message bot" }, said ?? hiddenText(WORDS.bot), cards, choices || null);
  }

  #choose(choice) {
    if (!this.dots.hidden) return;
    this.refocus();
    this.onChoice(choice);
  }

  #retrying(node) {
    node.classList.replace("failed", "pending");
    node.querySelector(".failure").remove();
    // Moving it would have it read again: only when something was said since.
    if (node.nextElementSibling) this.messages.append(node);
  }

  // In a very low window the styles let the whole dialog scroll instead of the log.
  #scrollTo(top) {
    const own = getComputedStyle(this.log).overflowY !== "visible";
    const box = own ? this.log : this.log.parentElement;
    const behavior = REDUCED.matches ? "auto" : "smooth";
    box?.scrollTo({ top: own ? top : top + this.log.offsetTop, behavior });
  }
}

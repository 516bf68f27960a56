/** The conversation on screen: one live region, to which each message is added whole and once. */

import { renderChoices } from "./choices.js";
import { button, el, hiddenText, linkify } from "./elements.js";
import { WORDS, failure } from "./wording.js";

const SLOW_MS = 4000;
const STUCK_MS = 12_000;
const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");

// Cards are drawn by a module that comes with the first of them; should it not come, the text stands.
const UNDRAWN = { easyText: () => "", renderCards: () => [], withNumbers: linkify };

// The reader's own day (toISOString would give the UTC one): in Sweden a day is written as an ISO date.
const today = () => new Date().toLocaleDateString("sv-SE");

export class View {
  /**
   * @param {{base: string, notice: HTMLElement, onChoice: Function, refocus: Function}} options
   * `onChoice({button, title})` is called when a quick reply is pressed; `refocus()` when the
   * control that holds focus is about to go.
   */
  constructor({ base, notice, onChoice, refocus }) {
    Object.assign(this, { base, onChoice, refocus });
    /** Show easy texts first. */
    this.easy = false;
    this.status = el("p", { class: "sr", role: "status" });
    this.messages = el("div", { class: "messages" });
    this.problem = el("div", { class: "problem" });
    const dots = el("p", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.working = el("p", { class: "soft" });
    this.dots = el("div", { hidden: true }, dots, this.working);
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
    this.working.textContent = "";
    for (const choice of this.messages.querySelectorAll(".choices button")) {
      if (waiting) choice.setAttribute("aria-disabled", "true");
      else choice.removeAttribute("aria-disabled");
    }
    if (waiting) {
      this.waitTimer = setTimeout(() => this.say(WORDS.typing), 700);
      this.#scrollTo(this.log.scrollHeight);
    } else if (this.status.textContent === WORDS.typing) this.say("");
  }

  /** Say beside the typing dots why it takes time; it goes with them. */
  tell(text) {
    this.working.textContent = text;
  }

  /** Forget every message and error, then show `notes` (plain sentences), if any. */
  clear(...notes) {
    this.picker?.close();
    this.messages.replaceChildren(...notes.map((note) => el("p", { class: "note" }, note)));
    this.dismissProblem();
  }

  /** To be awaited before messages are shown: brings what draws their cards. */
  async prepare(messages) {
    if (this.drawing || !messages?.some((message) => message.cards?.length)) return;
    this.drawing = await import("./cards.js").catch(() => null);
    if (this.drawing) this.log.getRootNode().host.adopt(this.drawing.CSS);
  }

  /** Put a past conversation back, without reading it all aloud; unsent messages stay at the end. */
  showHistory(messages) {
    const unsent = [...this.messages.querySelectorAll(".failed, .pending")];
    const lastAsked = messages.map((message) => message.author).lastIndexOf("user");
    const nodes = messages.map((message, index) =>
      message.author === "user" ? this.#user(message.text ?? "") : this.#bot(message, index > lastAsked),
    );
    this.log.setAttribute("aria-live", "off");
    this.picker?.close();
    this.dismissProblem();
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
    this.#unmark(node);
  }

  /** Add a reply, before what still waits to be sent. Earlier choices go: they are answered. */
  addReply(messages) {
    this.picker?.close();
    for (const old of this.messages.querySelectorAll(".choices")) this.#take(old);
    this.dismissProblem();
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

  /**
   * Say that sending takes long, then offer to wait or to send again.
   * @returns {Function} to be called when it is over
   */
  watch(node, onResend) {
    let timer;
    const slow = (delay) => {
      this.#mark(node, WORDS.slow);
      timer = setTimeout(stuck, delay);
    };
    const stuck = () => {
      const wait = [WORDS.keepWaiting, () => slow(STUCK_MS)];
      this.#mark(node, WORDS.stuck, [wait, [WORDS.resend, onResend]]);
    };
    timer = setTimeout(() => slow(STUCK_MS - SLOW_MS), SLOW_MS);
    return () => {
      clearTimeout(timer);
      this.#unmark(node);
    };
  }

  /** Mark a message as waiting for the network; said once. */
  hold(node, ways) {
    if (!node.querySelector(".mark")) this.#mark(node, el("b", {}, WORDS.held), waysOut(ways));
  }

  /** Mark a message as not sent, and offer ways out. `onEdit` may be absent. */
  fail(node, error, ways) {
    node.classList.replace("pending", "failed");
    const again = error.moved ? WORDS.startHere : WORDS.resend;
    this.#mark(node, [el("b", {}, WORDS.notSent), reason(error)], waysOut(ways, again), "failure");
  }

  /** A message waits again to be sent: at the end when it had failed, for there it will be answered. */
  retry(node) {
    this.#unmark(node);
    // Moving it would have it read again: only when something was said since.
    if (node.classList.replace("failed", "pending") && node.nextElementSibling) this.messages.append(node);
  }

  /** Take away a message that was not sent. */
  drop(node) {
    this.#take(node);
  }

  /** The conversation could not start or be found again. */
  showProblem(error, onRetry) {
    const retry = button(error.moved ? WORDS.startHere : WORDS.retry, () => {
      this.dismissProblem();
      onRetry();
    });
    const ways = el("div", { class: "ways" }, retry);
    this.problem.replaceChildren(el("div", { class: "mark failure" }, el("p", {}, reason(error)), ways));
    this.#scrollTo(this.log.scrollHeight);
  }

  dismissProblem() {
    if (this.problem.firstChild) this.#take(this.problem.firstChild);
  }

  #user(text) {
    const bubble = el("p", { class: "bubble text", lang: "fr" }, hiddenText(WORDS.you), text);
    return el("div", { class: "message user" }, bubble);
  }

  #bot(message, withChoices) {
    const { easyText, renderCards, inFull, withNumbers } = this.drawing ?? UNDRAWN;
    const simple = this.easy ? easyText(message.cards) : "";
    const said = simple || message.text;
    const cards = renderCards(message.cards, { base: this.base, today: today(), easy: !simple });
    const choices = withChoices && renderChoices(message, (choice, control) => this.#choose(choice, control));
    if (!said && !cards.length && !choices) return null;
    return el(
      "div",
      { class: "message bot", lang: "fr" },
      said ? el("p", { class: "bubble text" }, hiddenText(WORDS.bot), withNumbers(said, message.cards)) : hiddenText(WORDS.bot),
      simple && inFull(message.text),
      cards,
      message.id && cards.some((card) => card.matches(".source")) ? this.#askUseful(message.id) : null,
      choices || null,
    );
  }

  // Not live: the question would be read after each answer, as often as there are answers.
  #askUseful(id) {
    const place = el("div", { class: "useful", "aria-live": "off" });
    const onVote = (useful) => this.onVote(id, useful);
    const say = (text) => this.say(text);
    const { lang } = this.log.closest("[lang]") ?? {};
    import("./feedback.js").then(({ askUseful }) => place.append(askUseful({ lang, onVote, say })), () => place.remove());
    return place;
  }

  #choose(choice, control) {
    if (!this.dots.hidden) return;
    if (choice.dates) return this.#pickDate(choice.dates, control);
    this.refocus();
    this.onChoice(choice);
  }

  async #pickDate(dates, control) {
    if (this.picker) return this.picker.close();
    try {
      const { Picker } = await import("./picker.js");
      const onPick = (title) => this.#choose({ title });
      this.picker ??= new Picker({ ...dates, today: today(), control, onPick, onClosed: () => (this.picker = null) });
      this.picker.open(this.log);
    } catch {
      this.note(WORDS.noPicker);
    }
  }

  /** @returns {boolean} true when the calendar was open: it closes */
  back() {
    const wasOpen = Boolean(this.picker);
    this.picker?.close();
    return wasOpen;
  }

  /** Put under a message what becomes of it, and ways out: [label, action] pairs. */
  #mark(node, text, ways = [], name = "") {
    this.#unmark(node);
    const buttons = ways.map(([label, act]) => button(label, act));
    const said = el("p", {}, text);
    node.append(el("div", { class: `mark ${name}` }, said, buttons.length ? el("div", { class: "ways" }, buttons) : null));
    this.#scrollTo(this.log.scrollHeight);
  }

  #unmark(node) {
    const mark = node.querySelector(".mark");
    if (mark) this.#take(mark);
  }

  // Remove a node; the focus that it may hold goes elsewhere first.
  #take(node) {
    if (node.contains(this.log.getRootNode().activeElement)) this.refocus();
    node.remove();
  }

  // In a very low window the styles let the whole dialog scroll instead of the log.
  #scrollTo(top) {
    const own = getComputedStyle(this.log).overflowY !== "visible";
    const box = own ? this.log : this.log.parentElement;
    const behavior = REDUCED.matches ? "auto" : "smooth";
    box?.scrollTo({ top: own ? top : top + this.log.offsetTop, behavior });
  }
}

// What the server says is in French.
const reason = (error) => el("span", { lang: error.detail && "fr" }, failure(error));

const waysOut = ({ onResend, onEdit, onDrop }, again = WORDS.resend) =>
  [[again, onResend], onEdit && [WORDS.edit, onEdit], [WORDS.drop, onDrop]].filter(Boolean);

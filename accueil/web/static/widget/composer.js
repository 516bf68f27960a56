/** The writing area: grows with its text, Enter sends, the limit is told before it is met. */

import { el, hiddenText, icon } from "./elements.js";
import { WORDS } from "./wording.js";

const LIMIT = 2000;
const NEAR = 1800;
const PLANE = "M3 11.5 21 3l-6 18-3.5-7.5zM11.5 13.5 21 3";

export class Composer {
  /** @param {{onSend: (text: string) => void, say: (text: string) => void}} options */
  constructor({ onSend, say }) {
    this.onSend = onSend;
    this.say = say;
    // Its name is a title: it is seen on hover, and stays when the example has gone.
    this.input = el("textarea", {
      title: WORDS.input,
      rows: "1",
      maxlength: `${LIMIT}`,
      placeholder: WORDS.placeholder,
      autocomplete: "off",
      enterkeyhint: "send",
      "aria-describedby": "pa-count",
      onInput: () => this.#changed(),
      onKeydown: (event) => this.#key(event),
    });
    this.count = el("p", { id: "pa-count", class: "count", hidden: true });
    this.offline = el("p", { class: "offline", role: "status" });
    const send = el("button", { class: "send" }, icon(PLANE), hiddenText(WORDS.send));
    this.form = el(
      "form",
      { class: "composer", onSubmit: (event) => this.#submit(event) },
      this.offline,
      el("div", { class: "field" }, this.input, send),
      this.count,
    );
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Put back a text that was not sent, before what has been typed since. */
  restore(text) {
    const since = this.input.value.trim();
    this.input.value = since ? `${text}\n${since}` : text;
    this.#changed();
    this.focus();
  }

  /** Tell that the network went or came back; nothing is said at the start when all is well. */
  setOnline(online) {
    const shown = Boolean(this.offline.textContent);
    if (!online) this.offline.textContent = WORDS.offline;
    else if (shown) {
      this.offline.textContent = "";
      this.say(WORDS.online);
    }
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    this.focus();
    if (!text) return;
    this.input.value = "";
    this.#changed();
    this.onSend(text);
  }

  #key(event) {
    // `isComposing`: Enter that only accepts a suggestion of an input method must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.#submit(event);
  }

  #changed() {
    const { input, count } = this;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
    const length = input.value.length;
    const before = this.length ?? 0;
    this.length = length;
    count.hidden = length < NEAR;
    count.textContent = length < NEAR ? "" : `${length} / ${LIMIT}`;
    if (before < NEAR && length >= NEAR) this.say(WORDS.nearLimit);
    if (before < LIMIT && length >= LIMIT) this.say(WORDS.atLimit);
  }
}

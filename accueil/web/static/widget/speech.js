/**
 * Reading aloud, by a French voice of the device itself: a voice of the network would send what the
 * robot says to somebody else. Web Speech API, https://developer.mozilla.org/docs/Web/API/SpeechSynthesisVoice/localService
 */

import { button } from "./elements.js";
import { WORDS } from "./wording.js";

const VOICES_MS = 1500;
const STOP = "Arrêter la lecture";

function frenchVoice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  return voices.find((voice) => voice.localService && /^fr\b/i.test(voice.lang));
}

/** Whether the device has a French voice of its own. Some browsers list their voices late. */
export async function canSpeak() {
  if (!window.speechSynthesis) return false;
  if (!frenchVoice()) {
    await new Promise((resolve) => {
      speechSynthesis.addEventListener?.("voiceschanged", resolve, { once: true });
      setTimeout(resolve, speechSynthesis.getVoices().length ? 0 : VOICES_MS);
    });
  }
  return Boolean(frenchVoice());
}

// What is said of a message: its words and its cards, without what only eyes or fingers need.
function spoken(message) {
  const copy = message.cloneNode(true);
  for (const node of copy.querySelectorAll(".sr, button, svg, details, .source, .action:not(.main)")) node.remove();
  return [...copy.querySelectorAll("p, li, .main")].map((node) => node.textContent.trim()).join(". ");
}

export class Speech {
  #on = false;
  #waiting = 0;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.stopper = button(STOP, () => this.stop(), { class: "stop", hidden: true });
    const log = app.view.log;
    this.observer = new MutationObserver((changes) => {
      // History that comes back is not read again: the log is silent meanwhile.
      if (log.getAttribute("aria-live") === "off" || !app.host.isOpen) return;
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.classList?.contains("bot")) this.#say(spoken(node));
      }
    });
  }

  /** Begin or cease to read new messages. */
  turn(on) {
    if (on === this.#on) return;
    this.#on = on;
    if (on) this.observer.observe(this.app.view.messages, { childList: true });
    else this.observer.disconnect();
    this.stop();
  }

  stop() {
    this.#waiting = 0;
    this.#show();
    window.speechSynthesis?.cancel();
  }

  #say(text) {
    const voice = frenchVoice();
    if (!voice || !text) return;
    const utterance = new SpeechSynthesisUtterance(text);
    Object.assign(utterance, { voice, lang: voice.lang });
    const done = () => {
      this.#waiting = Math.max(0, this.#waiting - 1);
      this.#show();
    };
    utterance.addEventListener("end", done);
    utterance.addEventListener("error", done);
    this.#waiting += 1;
    this.#show();
    speechSynthesis.speak(utterance);
  }

  #show() {
    const held = this.stopper.getRootNode().activeElement === this.stopper;
    this.stopper.textContent = WORDS.speakStop ?? STOP;
    this.stopper.hidden = !this.#waiting;
    if (this.#waiting && !this.stopper.isConnected) this.app.panel.composer.form.before(this.stopper);
    if (!this.#waiting && held) this.app.panel.composer.focus();
  }
}

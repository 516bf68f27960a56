/** The chat once it is loaded: builds its parts, applies the settings, obeys the launcher. */

import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { Panel } from "./panel.js";
import { Store } from "./store.js";
import { CSS } from "./styles.js";
import { WORDS } from "./wording.js";

const FRENCH = { ...WORDS };
const LONGEST_MESSAGE = 300;

/** A part that the chat can do without: null when it does not come. */
const attempt = (loading) => loading.catch(() => null);

export class App {
  #begun = false;

  /** @param {HTMLElement} host the custom element @returns {Promise<App>} */
  static async start(host) {
    const app = new App(host);
    await app.dress();
    return app;
  }

  constructor(host) {
    this.host = host;
    this.store = new Store(host.base, { remember: host.isSet("remember"), discreet: host.look.discreet });
    // theme, size in percent, lang, easy, speak, discreet
    this.settings = { size: 100, ...host.look, ...this.store.settings };
    const territory = host.option("territory");
    this.api = new Api(host.base, territory ? { territory } : {});
    this.panel = new Panel(this);
    this.view = this.panel.view;
    const message = host.option("message")?.trim().slice(0, LONGEST_MESSAGE);
    this.conversation = new Conversation({
      api: this.api,
      store: this.store,
      view: this.view,
      greeting: message ? [{ text: message }] : [],
      onEdit: (text) => this.panel.composer.restore(text),
    });
    window.addEventListener("pagehide", () => this.settings.discreet && this.#begun && host.forget());
  }

  get token() {
    return this.store.session?.token;
  }

  /** The launcher has shown the dialog. */
  opened() {
    const { asked } = this.host;
    this.host.asked = "";
    this.panel.opened();
    if (!this.#begun) {
      this.#begun = true;
      if (this.settings.discreet) this.view.note(WORDS.discreetOn);
      this.conversation.begin();
    }
    if (asked) this.sendText(asked);
  }

  /** The launcher has closed the dialog. */
  async closed() {
    this.panel.closed();
    this.speech?.stop();
    if (!this.settings.discreet) return;
    this.#begun = false;
    this.view.clear();
    await this.conversation.erase();
    this.store.session = null;
    if (!this.#begun) this.view.clear();
  }

  /** One step back. @returns {boolean} false when there is none but closing */
  back() {
    return this.panel.back();
  }

  sendText(text) {
    return this.#send(() => this.conversation.sendText(text));
  }

  choose(choice) {
    return this.#send(() =>
      choice.locates ? this.conversation.sendPosition() : this.conversation.sendChoice(choice),
    );
  }

  async #send(deliver) {
    await deliver();
    this.host.markUnread();
  }

  /** Make everything look, read and sound as the settings say. */
  async dress() {
    const { host, settings, view } = this;
    if (!this.dressed) host.adopt(CSS);
    if (this.dressed !== settings.lang) {
      const english = settings.lang === "en" && (await attempt(import("./wording-en.js")));
      if (!english) settings.lang = "fr";
      for (const key of Object.keys(WORDS)) if (!(key in FRENCH)) delete WORDS[key];
      Object.assign(WORDS, FRENCH, english?.ENGLISH);
      this.panel.build();
      this.dressed = settings.lang;
    }
    Object.assign(host.look, settings);
    host.paint();
    view.easy = Boolean(settings.easy);
    if (settings.speak && !this.speech) {
      const loaded = await attempt(import("./speech.js"));
      if (loaded) this.speech = new loaded.Speech(this);
    }
    this.speech?.turn(Boolean(settings.speak));
  }
}

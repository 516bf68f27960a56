/**
 * Premier Accueil, the chat widget. On any page:
 *   <script type="module" src="https://HOST/static/widget/premier-accueil.js"
 *           data-title="Mission Locale de …"></script>
 * A <premier-accueil> element is added at the end of the page unless the page wrote one. Options, on
 * the script or on the element: data-title; data-remember (keep the conversation when the tab is
 * closed; not for shared devices). Colours: --pa-accent and the like, see styles.js.
 * Any control with data-premier-accueil="a question" opens the chat and asks it (empty: only opens).
 */

import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { el, hiddenText, icon } from "./elements.js";
import { Panel } from "./panel.js";
import { Store } from "./store.js";
import { applyStyles } from "./styles.js";
import { WORDS } from "./wording.js";

const TAG = "premier-accueil";
const BASE = new URL(import.meta.url).origin;
const BUBBLE = "M4 5h16v11H10l-5 4v-4H4z";
const SCRIPT = [...document.querySelectorAll("script[src]")].find(
  (script) => script.src === import.meta.url,
);

class PremierAccueil extends HTMLElement {
  #panel;
  #conversation;
  #opener;
  #begun = false;

  connectedCallback() {
    if (this.#panel) return;
    const root = this.attachShadow({ mode: "open" });
    applyStyles(root);
    this.#panel = this.#buildPanel();
    this.launcher = this.#buildLauncher();
    root.append(el("div", { class: "root", lang: "fr" }, this.launcher, this.#panel.dialog));
  }

  /** Open the chat, and ask `question` when there is one. Focus goes back to `opener` on close. */
  open(question = "", opener = this.launcher) {
    if (!this.#panel.isOpen) {
      this.#opener = opener;
      this.launcher.hidden = true;
      this.unread.textContent = "";
      this.#panel.open();
    }
    if (!this.#begun) {
      this.#begun = true;
      this.#conversation.begin();
    }
    if (question) this.#send(() => this.#conversation.sendText(question));
  }

  close() {
    this.#panel.close();
  }

  #option(name) {
    return this.dataset[name] ?? SCRIPT?.dataset[name];
  }

  #buildPanel() {
    const panel = new Panel({
      title: this.#option("title") || WORDS.title,
      base: BASE,
      onText: (text) => this.#send(() => this.#conversation.sendText(text)),
      onChoice: (choice) =>
        this.#send(() =>
          choice.locates ? this.#conversation.sendPosition() : this.#conversation.sendChoice(choice),
        ),
      onErase: () => this.#conversation.erase(),
      onClosed: () => this.#closed(),
    });
    const remember = this.#option("remember");
    this.#conversation = new Conversation({
      api: new Api(BASE),
      store: new Store(BASE, remember !== undefined && remember !== "false"),
      view: panel.view,
      onEdit: (text) => panel.composer.restore(text),
    });
    return panel;
  }

  #buildLauncher() {
    this.unread = el("span", { class: "unread" });
    const attributes = {
      type: "button",
      class: "launcher",
      "aria-haspopup": "dialog",
      onClick: () => this.open(),
    };
    const more = hiddenText(WORDS.launcherMore);
    return el("button", attributes, icon(BUBBLE), WORDS.launcher, more, this.unread);
  }

  async #send(deliver) {
    await deliver();
    if (!this.#panel.isOpen) this.unread.replaceChildren(hiddenText(WORDS.unread));
  }

  #closed() {
    this.launcher.hidden = false;
    const target = this.#opener?.isConnected ? this.#opener : this.launcher;
    target.focus({ preventScroll: true });
  }
}

function openFromPage(event) {
  const control = event.target.closest?.("[data-premier-accueil]");
  if (!control) return;
  event.preventDefault();
  document.querySelector(TAG)?.open(control.dataset.premierAccueil, control);
}

function install() {
  customElements.define(TAG, PremierAccueil);
  if (!document.querySelector(TAG)) document.body.append(document.createElement(TAG));
  document.addEventListener("click", openFromPage);
}

// Included twice by mistake, the first one wins. `async` scripts may come before the body.
if (!customElements.get(TAG)) {
  if (document.body) install();
  else document.addEventListener("DOMContentLoaded", install);
}

/**
 * Premier Accueil, the chat widget: this script is all that a page loads. The rest comes when the
 * chat is opened; until then there is no other request, no cookie, nothing stored. On any page:
 *   <script type="module" src="https://HOST/static/widget/premier-accueil.js"
 *           data-title="Mission Locale de …"></script>
 * A <premier-accueil> element is added at the end of the page unless the page wrote one. Options, on
 * the script or on the element (docs/guides/integrer.md has an example of each):
 *   data-title        heading of the chat
 *   data-accent, data-accent-dark   colours, #rrggbb; what is written on them is chosen to be readable
 *   data-position     right (default) or left; data-offset: pixels to keep free below the launcher
 *   data-territory    Insee code, departement code or name of a commune
 *   data-message      opening message, 300 characters at most
 *   data-theme        auto (default), light or dark
 *   data-lang         fr (default) or en: labels only, the robot speaks French
 *   data-exit         https address to which « Quitter vite » leads
 *   data-discreet     neutral names, nothing stored, the conversation is erased on closing
 *   data-remember     keep the conversation when the tab is closed; not for shared devices
 * Any control with data-premier-accueil="a question" opens the chat and asks it (empty: only opens).
 */

const TAG = "premier-accueil";
const BASE = new URL(import.meta.url).origin;
// Asked for all at once: a module found only by reading another one would cost one more journey.
const PARTS = ["app", "api", "choices", "composer", "conversation", "elements", "panel", "store", "styles", "view", "wording"];
// A site that anybody may be reading; the page without JavaScript leads there too (web/security.py).
const EXIT = "https://www.wikipedia.org/";
const SLOW_MS = 8000;
const SHIFT_MS = 3000;
const BUBBLE = "M4 5h16v11H10l-5 4v-4H4z";
const CROSS = "M6 6l12 12M18 6 6 18";
const DARK = matchMedia("(prefers-color-scheme: dark)");
const SCRIPT = [...document.querySelectorAll("script[src]")].find(
  (script) => script.src === import.meta.url,
);

const WORDS = {
  fr: {
    launcher: "Une question\u202f?",
    help: "Aide",
    more: " Ouvrir la discussion",
    unread: " (nouvelle réponse)",
    title: "Premier accueil",
    exit: "Quitter vite",
    exitKeys: " (ou trois fois la touche Majuscule)",
    shift: ["", "Encore deux fois Majuscule pour quitter.", "Encore une fois Majuscule pour quitter."],
    close: "Fermer",
    danger: "En danger\u202f?",
    call: "Appeler le ",
    loading: "J’ouvre la discussion…",
    slow: "Le réseau est lent. Attends encore un peu, ou appelle un numéro ci-dessus.",
    failed: "La discussion ne s’ouvre pas. Vérifie ta connexion, puis réessaie, ou recharge la page.",
    retry: "Réessayer",
  },
  en: {
    launcher: "Any question?",
    help: "Help",
    more: " Open the chat",
    unread: " (new answer)",
    title: "Premier accueil",
    exit: "Leave fast",
    exitKeys: " (or press Shift three times)",
    shift: ["", "Press Shift twice more to leave.", "Press Shift once more to leave."],
    close: "Close",
    danger: "In danger?",
    call: "Call ",
    loading: "Opening the chat…",
    slow: "The network is slow. Wait a little longer, or call a number above.",
    failed: "The chat does not open. Check your connection, then try again, or reload the page.",
    retry: "Try again",
  },
};

const CSS = `
:host, .root { all: initial; direction: ltr; }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.root {
  --accent: var(--pa-accent, #0b5563); --on-accent: var(--pa-on-accent, #fff);
  --surface: #fff; --raised: #eef3f4; --text: #16242a; --soft: #4d5f66; --line: #73868d;
  --link: var(--accent); --bar: var(--accent); --on-bar: var(--on-accent); --alert: #9c1c13; --alert-bg: #fdeeec; --shadow: 0 .5em 2em #0b1f2659;
  font: medium/1.5 var(--pa-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  color: var(--text); color-scheme: light;
}
.root.dark {
  --accent: var(--pa-accent-dark, #86d5e3); --on-accent: var(--pa-on-accent-dark, #04262d);
  --bar: #22323a; --on-bar: #e8eff1; --surface: #11191c; --raised: #1e2a2e; --text: #e8eff1; --soft: #aebfc5; --line: #7f939a;
  --alert: #ffb4aa; --alert-bg: #3b1512; --shadow: 0 .5em 2em #000c; color-scheme: dark;
}
p, h2, h3, ul { margin: 0; padding: 0; font: inherit; }
b, strong { font-weight: 650; }
a { color: var(--link); text-underline-offset: .15em; }
svg { width: 1.5em; height: 1.5em; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round; flex: none; }
button { font: inherit; color: inherit; margin: 0; cursor: pointer; min-height: 2.75em; min-width: 2.75em;
  border-radius: .6em; border: 1px solid var(--line); background: var(--surface); padding: .4em .9em; }
button:hover { background: var(--raised); }
:focus-visible { outline: .19em solid var(--link); outline-offset: .13em; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }

.launcher { position: fixed; right: 1em; bottom: calc(1em + var(--offset, 0px)); z-index: var(--pa-z, 2147483000);
  display: flex; align-items: center; gap: .5em; max-width: calc(100vw - 2em); min-height: 3.4em;
  padding: .5em 1.3em .5em 1.1em; border: 2px solid var(--surface); border-radius: 2em;
  background: var(--accent); color: var(--on-accent); font-weight: 650; box-shadow: var(--shadow); }
.launcher:hover { background: var(--accent); text-decoration: underline; }
.launcher:focus-visible { outline-color: var(--text); }
.unread:not(:empty) { width: .8em; height: .8em; border-radius: 50%; background: currentColor; }

.panel { position: fixed; inset: auto 1em 1em auto; z-index: var(--pa-z, 2147483000); margin: 0; padding: 0;
  width: 25em; max-width: calc(100vw - 2em); height: 42em; max-height: calc(100vh - 2em); border: 1px solid var(--line);
  border-radius: 1em; background: var(--surface); color: inherit; box-shadow: var(--shadow); overflow: hidden; }
.left .launcher, .left .panel { right: auto; left: 1em; }
.panel[open] { display: flex; flex-direction: column; }
.panel.full { inset: 0 auto auto 0; width: 100%; max-width: none; height: 100vh; height: 100dvh; max-height: none;
  border: 0; border-radius: 0; }
.bar, .tools { display: flex; flex-wrap: wrap; justify-content: flex-end; align-items: center; gap: .3em; flex: none; }
.bar { padding: .4em .4em .4em 1em; background: var(--bar); color: var(--on-bar); }
.tools { max-width: 100%; }
h2 { flex: 1 1 auto; min-width: 0; padding: .2em 0; font-weight: 650; line-height: 1.25;
  overflow-wrap: anywhere; }
h2:focus { outline: none; }
.bar button { border-color: transparent; background: none; min-width: 44px; min-height: 44px; padding: .3em .5em; }
.bar button:hover { background: none; text-decoration: underline; border-color: currentColor; }
.bar :focus-visible { outline-color: currentColor; outline-offset: -.2em; }
.bar .exit { border-color: currentColor; font-weight: 650; }
.bar .cross { display: grid; place-items: center; padding: 0; }
.danger { display: flex; flex-wrap: wrap; align-items: center; color: var(--text); }
.danger a { display: inline-grid; place-items: center; min-width: 2.75em; min-height: 2.75em;
  padding: 0 .4em; font-weight: 650; }
.body { flex: 1; padding: 1em; overflow: auto; display: grid; gap: .8em; align-content: start; justify-items: start; }
@media (max-height: 26em) {
  .panel.full { overflow-y: auto; scroll-padding-top: 4em; }
  .full .bar { display: contents; }
  .full h2 { flex: none; padding: .4em 1em; }
  .full h2, .full .tools { background: var(--bar); color: var(--on-bar); }
  .full .tools { position: sticky; top: 0; z-index: 1; }
}
@media print { .root { display: none; } }
`;

/**
 * Make an element. `onX` properties are listeners, `class`, `aria-*` and the like are attributes,
 * false and null attributes are left out. Children may be nodes, strings, nested arrays or empty.
 */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2).toLowerCase(), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== "" && child !== false));
  return node;
}

/** A decorative line drawing, 24 units wide. */
function drawing(path) {
  const [svg, line] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// Relative luminance and contrast, WCAG 2.2.
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colours that go with an accent: what is written on it, and itself as text where it is readable. */
function palette(accent, dark) {
  // One of the two always reaches 4.5:1.
  const on = contrast(accent, "#ffffff") >= 4.5 ? "#ffffff" : "#000000";
  const grounds = dark ? ["#11191c", "#1e2a2e"] : ["#ffffff", "#eef3f4"];
  const link = grounds.every((ground) => contrast(accent, ground) >= 4.5) ? accent : "var(--text)";
  return { "--accent": accent, "--on-accent": on, "--link": link };
}

/** Constructed sheets pass the strictest content policies; older browsers get a style element. */
function adopt(root, css) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    root.append(make("style", {}, css));
  }
}

class PremierAccueil extends HTMLElement {
  // For elements.js: the launcher is loaded already, under an address that only the page knows.
  static make = make;
  static drawing = drawing;
  base = BASE;
  isOpen = false;
  small = matchMedia("(max-width: 40em), (max-height: 30em)");
  #app;
  #opener;
  #labels = [];
  #lone = { presses: 0, since: 0, alone: false };

  connectedCallback() {
    if (this.dialog) return;
    this.look = {
      theme: this.option("theme") ?? "auto",
      lang: this.option("lang") === "en" ? "en" : "fr",
      discreet: this.isSet("discreet"),
    };
    const root = this.attachShadow({ mode: "open" });
    adopt(root, CSS);
    this.launcher = this.#buildLauncher();
    this.dialog = this.#buildDialog();
    this.heard = make("p", { class: "sr", role: "status" });
    this.dialog.append(this.heard);
    this.root = make("div", { class: "root" }, this.launcher, this.dialog);
    root.append(this.root);
    const offset = Number(this.option("offset"));
    if (offset > 0) this.root.style.setProperty("--offset", `${Math.min(offset, 400)}px`);
    this.root.classList.toggle("left", this.option("position") === "left");
    this.accents = ["accent", "accentDark"].map((name) => this.#colour(name));
    this.paint();
    DARK.addEventListener("change", () => this.paint());
    for (const name of ["keydown", "keyup"]) window.addEventListener(name, (event) => this.#shift(event), true);
  }

  /** A page that takes the element away must not stay unable to scroll. */
  disconnectedCallback() {
    this.close();
  }

  /** The value of a data- attribute, of the element or else of the script. */
  option(name) {
    return this.dataset[name] ?? SCRIPT?.dataset[name];
  }

  /** Whether an option without value is there (`="false"` says no). */
  isSet(name) {
    return (this.option(name) ?? "false") !== "false";
  }

  /** Add a style sheet. */
  adopt(css) {
    adopt(this.shadowRoot, css);
  }

  /** Show what `look` says: theme, size in percent, language of labels, discreet names. */
  paint() {
    const { theme, size, lang, discreet } = this.look;
    const { root } = this;
    const dark = theme === "dark" || (theme !== "light" && DARK.matches);
    const words = WORDS[lang];
    root.lang = lang;
    root.classList.toggle("dark", dark);
    root.style.fontSize = { 125: "large", 150: "x-large" }[size] ?? "";
    // Any larger, its three buttons would take three lines of a small phone.
    this.bar.style.fontSize = size > 125 ? "75%" : "";
    const accent = (dark && this.accents[1]) || this.accents[0];
    if (accent) for (const [name, value] of Object.entries(palette(accent, dark))) root.style.setProperty(name, value);
    this.words = words;
    for (const [node, key] of this.#labels) node.data = words[key];
    this.name.textContent = discreet ? words.help : this.option("title") || words.title;
    if (discreet) this.launcherName.data = words.help;
  }

  /** Open the chat, and ask `question` when there is one. Focus goes back to `opener` on close. */
  open(question = "", opener = this.launcher) {
    if (!this.isOpen) {
      this.#opener = opener;
      this.isOpen = true;
      this.launcher.hidden = true;
      this.unread.textContent = "";
      this.show();
      if (!this.#app) this.name.focus();
    }
    this.asked = question || this.asked;
    if (this.#app) this.#app.opened();
    else this.#load();
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.dialog.close();
    document.documentElement.style.overflow = "";
    this.#app?.closed();
    this.launcher.hidden = false;
    const target = this.#opener?.isConnected ? this.#opener : this.launcher;
    target.focus({ preventScroll: true });
  }

  /** Show the dialog: modal and full screen on a phone, a corner of the page elsewhere. */
  show() {
    const full = this.small.matches;
    if (full) this.dialog.showModal();
    else this.dialog.show();
    this.dialog.classList.toggle("full", full);
    document.documentElement.style.overflow = full ? "hidden" : "";
  }

  /** Tell that an answer came while the chat is closed. */
  markUnread() {
    if (!this.isOpen) this.unread.replaceChildren(make("span", { class: "sr" }, this.words.unread));
  }

  /** Forget the conversation: on this device at once, on the server in the background. */
  forget() {
    let token = this.#app?.token;
    for (const name of ["sessionStorage", "localStorage"]) {
      try {
        const area = window[name];
        for (const key of Object.keys(area).filter((one) => one.startsWith(`${TAG}:`))) {
          if (key === `${TAG}:${BASE}`) token ??= JSON.parse(area.getItem(key))?.token;
          area.removeItem(key);
        }
      } catch {
        // Storage is refused: nothing was kept there.
      }
    }
    if (!token) return;
    const headers = { Authorization: `Bearer ${token}` };
    fetch(`${BASE}/api/chat/sessions`, { method: "DELETE", keepalive: true, credentials: "omit", headers }).catch(() => {});
  }

  /**
   * Leave at once, by one tap, with or without network: the page disappears first, then its traces.
   * See GOV.UK's component « Exit this page », https://design-system.service.gov.uk/components/exit-this-page/
   */
  quit() {
    const html = document.documentElement;
    html.style.setProperty("display", "none", "important");
    // A page that asks before it is left would hold people back; the next site need not know this one.
    window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
    document.head.append(make("meta", { name: "referrer", content: "no-referrer" }));
    const wanted = this.option("exit") ?? "";
    const target = /^https:\/\/[^/]/.test(wanted) ? wanted : EXIT;
    document.title = new URL(target).hostname;
    try {
      this.forget();
    } finally {
      try {
        window.top.location.replace(target);
      } catch {
        location.replace(target);
      }
    }
  }

  #colour(name) {
    const value = this.option(name);
    if (value === undefined || /^#[\da-f]{6}$/i.test(value)) return value;
    console.warn(`${TAG}: ${name} must be a colour such as #0b5563`);
    return undefined;
  }

  #text(key) {
    const node = document.createTextNode("");
    this.#labels.push([node, key]);
    return node;
  }

  #hidden(key) {
    return make("span", { class: "sr" }, this.#text(key));
  }

  #buildLauncher() {
    this.unread = make("span", { class: "unread" });
    this.launcherName = this.#text("launcher");
    const attributes = { type: "button", class: "launcher", "aria-haspopup": "dialog", onClick: () => this.open() };
    return make("button", attributes, drawing(BUBBLE), this.launcherName, this.#hidden("more"), this.unread);
  }

  #buildDialog() {
    this.name = make("h2", { id: "pa-title", tabindex: "-1" });
    const leave = make("button", { type: "button", class: "exit", onClick: () => this.quit() }, this.#text("exit"), this.#hidden("exitKeys"));
    this.cross = make("button", { type: "button", class: "cross", onClick: () => this.close() }, drawing(CROSS), this.#hidden("close"));
    this.bar = make("div", { class: "bar" }, this.name, make("div", { class: "tools" }, leave, this.cross));
    const dialog = make("dialog", { class: "panel", id: "pa-panel", "aria-labelledby": "pa-title" }, this.bar, this.#buildBody());
    // The page cannot see that focus is in a text field here: its one-key shortcuts must not fire.
    for (const name of ["keydown", "keyup", "keypress"]) {
      dialog.addEventListener(name, (event) => event.stopPropagation());
    }
    // Escape, and the back gesture of Android, go one step back: the menu first.
    const back = (event) => {
      event.preventDefault();
      if (!this.#app?.back()) this.close();
    };
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && back(event));
    dialog.addEventListener("cancel", back);
    dialog.addEventListener("close", () => !dialog.open && this.close());
    return dialog;
  }

  // What is seen until the rest is there: numbers to call, and how it goes.
  #buildBody() {
    const numbers = ["3114", "15", "112"].map((number) => make("a", { href: `tel:${number}` }, this.#hidden("call"), number));
    this.danger = make("p", { class: "danger" }, make("b", {}, this.#text("danger")), ...numbers);
    this.state = make("p", { role: "status" });
    this.retry = make("button", { type: "button", onClick: () => this.#load() }, this.#text("retry"));
    this.body = make("div", { class: "body" }, this.danger, this.state, this.retry);
    return this.body;
  }

  async #load() {
    if (this.loading) return;
    this.loading = true;
    if (!this.retry.hidden) this.name.focus();
    this.retry.hidden = true;
    this.state.textContent = this.words.loading;
    const slow = setTimeout(() => (this.state.textContent = this.words.slow), SLOW_MS);
    try {
      const parts = this.look.lang === "en" ? [...PARTS, "wording-en"] : PARTS;
      const [{ App }] = await Promise.all(parts.map((part) => import(`./${part}.js`)));
      this.#app = await App.start(this);
      if (this.isOpen) this.#app.opened();
    } catch (error) {
      console.warn(`${TAG}:`, error);
      this.state.textContent = this.words.failed;
      this.retry.hidden = false;
    } finally {
      clearTimeout(slow);
      this.loading = false;
    }
  }

  // Three presses of Shift alone; a capital letter is not one of them.
  #shift({ type, key, repeat }) {
    if (!this.isOpen || repeat) return;
    const lone = this.#lone;
    if (type === "keydown") {
      lone.alone = key === "Shift";
      if (!lone.alone) lone.presses = 0;
    } else if (key === "Shift" && lone.alone) {
      const now = performance.now();
      if (!lone.presses || now - lone.since > SHIFT_MS) Object.assign(lone, { presses: 0, since: now });
      lone.presses += 1;
      if (lone.presses === 3) this.quit();
      else this.heard.textContent = this.words.shift[lone.presses];
    }
  }
}

function openFromPage(event) {
  const control = event.target.closest?.("[data-premier-accueil]");
  const chat = control && document.querySelector(TAG);
  if (!chat) return;
  event.preventDefault();
  chat.open(control.dataset.premierAccueil, control);
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

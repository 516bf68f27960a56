/** What the device keeps: the session's token and the settings. No message, no draft. */

/**
 * sessionStorage by default: phones are shared, and a closed tab must forget. `remember` asks for
 * localStorage. Discreet, or when the browser refuses both (private mode, policy): memory only.
 */
export class Store {
  #kept = {};
  #area = null;
  #discreet;

  /** @param {string} base one set of entries per assistant, @param {{remember: boolean, discreet: boolean}} options */
  constructor(base, { remember, discreet }) {
    this.keys = { session: `premier-accueil:${base}`, settings: `premier-accueil:settings:${base}` };
    this.#discreet = discreet;
    try {
      this.#area = remember ? window.localStorage : window.sessionStorage;
    } catch {
      // Refused: memory it is.
    }
    if (typeof this.#read("session")?.token !== "string") this.#kept.session = null;
    this.#read("settings");
    if (discreet) this.discreet = true;
  }

  /** @returns {{id: string, token: string} | null} */
  get session() {
    return this.#kept.session;
  }

  set session(session) {
    this.#write("session", session);
  }

  /** What the person chose: see App. @returns {object} */
  get settings() {
    return this.#kept.settings ?? {};
  }

  set settings(settings) {
    this.#write("settings", settings);
  }

  /** While it is true the device keeps nothing, not even that it is. */
  set discreet(discreet) {
    this.#discreet = discreet;
    for (const name of Object.keys(this.keys)) this.#write(name, this.#kept[name]);
  }

  #read(name) {
    try {
      this.#kept[name] = JSON.parse(this.#area.getItem(this.keys[name]));
    } catch {
      this.#kept[name] = null;
    }
    return this.#kept[name];
  }

  #write(name, value) {
    this.#kept[name] = value;
    try {
      if (value && !this.#discreet) this.#area.setItem(this.keys[name], JSON.stringify(value));
      else this.#area.removeItem(this.keys[name]);
    } catch {
      // Storage is full or refused: it lives until the page is left.
    }
  }
}

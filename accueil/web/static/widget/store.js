/** Where the session token lives between two pages. Nothing else is kept: no message, no draft. */

const KEY = "premier-accueil";

/**
 * sessionStorage by default: phones are shared, and a closed tab must forget. `remember` asks for
 * localStorage. When the browser refuses both (private mode, policy), memory is used.
 */
export class Store {
  #memory = null;
  #area = null;

  /** @param {string} base one entry per assistant, @param {boolean} remember */
  constructor(base, remember) {
    this.key = `${KEY}:${base}`;
    try {
      this.#area = remember ? window.localStorage : window.sessionStorage;
      this.#memory = JSON.parse(this.#area.getItem(this.key));
    } catch {
      this.#memory = null;
    }
    if (typeof this.#memory?.token !== "string") this.#memory = null;
  }

  /** @returns {{id: string, token: string} | null} */
  get session() {
    return this.#memory;
  }

  set session(session) {
    this.#memory = session;
    try {
      if (session) this.#area.setItem(this.key, JSON.stringify(session));
      else this.#area.removeItem(this.key);
    } catch {
      // Storage is full or refused: the conversation lives until the page is left.
    }
  }
}

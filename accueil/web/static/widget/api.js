/** The chat API, as seen from a browser. No cookie is ever sent; the bearer token is the session. */

const TIMEOUT_MS = 30_000;

const MOVED = "urn:premier-accueil:moved";

/**
 * A failed call. `status` is 0 when the server could not be reached; of a problem (RFC 9457), `detail`
 * is French text or "", and `challenge` what to work out before asking again.
 */
export class ApiError extends Error {
  constructor(status, { type, detail, challenge } = {}) {
    super(`HTTP ${status}`);
    this.status = status;
    this.detail = typeof detail === "string" ? detail : "";
    this.challenge = challenge;
    /** The conversation goes on in an app: it must not be replaced silently. */
    this.moved = status === 401 && type === MOVED;
    /** The session is unknown or over: the caller starts another one. */
    this.expired = status === 401 && !this.moved;
  }
}

/** 128 bits by chance. `crypto.randomUUID` is missing on plain-http pages and on older phones. */
export const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

async function problem(response) {
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return (isJson && (await response.json().catch(() => null))) || {};
}

export class Api {
  /**
   * @param {string} base origin of the assistant, for example "https://accueil.example"
   * @param {{territory?: string}} opening what the page tells of itself when a conversation starts
   */
  constructor(base, opening = {}) {
    this.base = base;
    this.opening = opening;
  }

  /** @returns {Promise<{session_id: string, token: string, messages: object[]}>} */
  start(signal) {
    return this.call("POST", "sessions", { body: this.opening, signal });
  }

  /**
   * @param {object} body `{text}` or `{button}`; the same `key` is never processed twice
   * @param {AbortSignal} signal stops waiting; the server may answer all the same
   */
  send(token, body, key, signal) {
    return this.call("POST", "messages", { token, body, signal, headers: { "Idempotency-Key": key } });
  }

  history(token) {
    return this.call("GET", "messages", { token });
  }

  /** @param {{latitude: number, longitude: number}} point @returns {Promise<{text: string}>} */
  position(token, point) {
    return this.call("POST", "position", { token, body: point });
  }

  erase(token) {
    return this.call("DELETE", "sessions", { token });
  }

  /** Called when the browser has to work a little before an address that asks a lot is heard. */
  onProof = () => {};

  /**
   * @param {{token?: string, body?: object, signal?: AbortSignal, headers?: object}} options
   * @returns {Promise<object|null>} the answer; rejected with an ApiError
   */
  async call(method, path, options = {}) {
    try {
      return await this.#ask(method, path, options);
    } catch (error) {
      if (!error.challenge) throw error;
      this.onProof();
      const proof = await import("./proof.js")
        .then(({ prove }) => prove(error.challenge, options.signal))
        .catch(() => Promise.reject(error));
      const headers = { ...options.headers, "X-Proof": proof };
      return this.#ask(method, path, { ...options, headers });
    }
  }

  async #ask(method, path, { token, body, signal, headers = {} }) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    signal?.addEventListener("abort", () => abort.abort());
    try {
      const response = await fetch(`${this.base}/api/chat/${path}`, {
        method,
        credentials: "omit",
        referrerPolicy: "strict-origin-when-cross-origin",
        cache: "no-store",
        signal: abort.signal,
        headers: {
          Accept: "application/json",
          ...(body && { "Content-Type": "application/json" }),
          ...(token && { Authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body && JSON.stringify(body),
      });
      if (!response.ok) throw new ApiError(response.status, await problem(response));
      return response.status === 204 ? null : await response.json();
    } catch (error) {
      throw error instanceof ApiError ? error : new ApiError(0);
    } finally {
      clearTimeout(timer);
    }
  }
}

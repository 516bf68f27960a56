/** The chat API, as seen from a browser. No cookie is ever sent; the bearer token is the session. */

const TIMEOUT_MS = 30_000;

/** A failed call. `status` is 0 when the server could not be reached; `detail` is French text or "". */
export class ApiError extends Error {
  constructor(status, detail = "") {
    super(detail || `HTTP ${status}`);
    this.status = status;
    this.detail = detail;
  }

  /** True when the session is unknown or over: the caller starts another one. */
  get expired() {
    return this.status === 401;
  }
}

/** A UUIDv4. `crypto.randomUUID` is missing on plain-http pages and on older phones. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function problemDetail(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) return "";
  const body = await response.json().catch(() => null);
  return typeof body?.detail === "string" ? body.detail : "";
}

export class Api {
  /** @param {string} base origin of the assistant, for example "https://accueil.example" */
  constructor(base) {
    this.base = base;
  }

  /** @returns {Promise<{session_id: string, token: string, messages: object[]}>} */
  start() {
    return this.#call("POST", "sessions", { body: {} });
  }

  /** @param {object} body `{text}` or `{button}`; the same `key` is never processed twice */
  send(token, body, key) {
    return this.#call("POST", "messages", { token, body, headers: { "Idempotency-Key": key } });
  }

  history(token) {
    return this.#call("GET", "messages", { token });
  }

  /** @param {{latitude: number, longitude: number}} point @returns {Promise<{text: string}>} */
  position(token, point) {
    return this.#call("POST", "position", { token, body: point });
  }

  erase(token) {
    return this.#call("DELETE", "sessions", { token });
  }

  async #call(method, path, { token, body, headers = {} } = {}) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
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
      if (!response.ok) throw new ApiError(response.status, await problemDetail(response));
      return response.status === 204 ? null : await response.json();
    } catch (error) {
      throw error instanceof ApiError ? error : new ApiError(0);
    } finally {
      clearTimeout(timer);
    }
  }
}

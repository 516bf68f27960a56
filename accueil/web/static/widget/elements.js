/** Building DOM nodes without ever parsing HTML: text stays text, addresses are checked. */

import { WORDS } from "./wording.js";

const { make, drawing } = customElements.get("premier-accueil");
const URL_IN_TEXT = /https:\/\/[^\s<>"«»\u00a0\u202f]+/g;

export const el = make;
export const icon = drawing;
/** What the server sent as text, or lines of it; "" and no line when it is something else. */
export const text = (value) => (typeof value === "string" || typeof value === "number" ? `${value}` : "");
export const lines = (value) => (Array.isArray(value) ? value : [value]).map(text).filter(Boolean);

export const hiddenText = (text) => el("span", { class: "sr" }, text);

export function button(label, onClick, attributes = {}) {
  return el("button", { type: "button", onClick, ...attributes }, label);
}

/** The absolute address when it is https, or of the assistant itself; otherwise null. */
export function safeUrl(address, base) {
  if (typeof address !== "string" || !address) return null;
  try {
    const url = new URL(address, base);
    const own = url.origin === new URL(base).origin && url.protocol === "http:";
    return url.protocol === "https:" || own ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the page, and says so to assistive technology. */
export function outerLink(href, label, attributes = {}) {
  const safe = { href, target: "_blank", rel: "noopener noreferrer", ...attributes };
  return el("a", safe, label, el("span", { class: "sr", lang: "fr" }, WORDS.newWindow));
}

// "Voir https://a.fr/x_(y)." : the full stop is the sentence's, the closing parenthesis the address's.
function trimAddress(found) {
  let address = found.replace(/[.,;:!?'’…]+$/, "");
  while (/[)\]]$/.test(address) && !/[([]/.test(address)) {
    address = address.slice(0, -1).replace(/[.,;:!?'’…]+$/, "");
  }
  return address;
}

/** Plain text to nodes: https addresses become links, line breaks are left to CSS. */
export function linkify(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const address = trimAddress(match[0]);
    const href = safeUrl(address, "https://invalid.invalid");
    if (!href) continue;
    nodes.push(text.slice(end, match.index), outerLink(href, address));
    end = match.index + address.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

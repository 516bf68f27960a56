/** Building DOM nodes without ever parsing HTML: text stays text, addresses are checked. */

import { WORDS } from "./wording.js";

const SVG = "http://www.w3.org/2000/svg";
const URL_IN_TEXT = /https:\/\/[^\s<>"«»\u00a0\u202f]+/g;

/**
 * Make an element. `onX` properties are listeners, `class`, `aria-*` and the like are attributes,
 * false and null attributes are left out. Children may be nodes, strings, nested arrays or empty.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2).toLowerCase(), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== ""));
  return node;
}

export const hiddenText = (text) => el("span", { class: "sr" }, text);

export function button(label, onClick, attributes = {}) {
  return el("button", { type: "button", onClick, ...attributes }, label);
}

/** A decorative line drawing, 24 units wide. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
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

/** `tel:` and `sms:` addresses made of digits only; otherwise null. */
export function safePhone(address, scheme) {
  return new RegExp(`^${scheme}:\\+?[\\d .-]{2,20}$`).test(address ?? "")
    ? address.replace(/[ .-]/g, "")
    : null;
}

/** `geo:` addresses of a point (RFC 5870), which only phones know how to open; otherwise null. */
export function safeGeo(address) {
  const isPoint = /^geo:-?[\d.]+,-?[\d.]+(\?q=-?[\d.]+,-?[\d.]+)?$/.test(address ?? "");
  return isPoint && matchMedia("(pointer: coarse)").matches ? address : null;
}

/** A link that opens beside the page, and says so to assistive technology. */
export function outerLink(href, label, attributes = {}) {
  const safe = { href, target: "_blank", rel: "noopener noreferrer", ...attributes };
  return el("a", safe, label, hiddenText(WORDS.newWindow));
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

/** The cards a reply may carry. A type that is not listed here is ignored. */

import { button, el, linkify, outerLink, safeGeo, safePhone, safeUrl } from "./elements.js";
import { WORDS, checkedLine, distance } from "./wording.js";

const text = (value) => (typeof value === "string" || typeof value === "number" ? `${value}` : "");
const lines = (value) => (Array.isArray(value) ? value : [value]).map(text).filter(Boolean);

const line = (content, name) => (content ? el("p", name ? { class: name } : {}, content) : null);
const heading = (content, more) => line(content && [el("strong", {}, content), more], "card-title");
const card = (kind, ...content) => el("div", { class: `card ${kind}` }, ...content);

function hours(value) {
  const rows = lines(value);
  if (!rows.length) return null;
  if (rows.length === 1) return line(rows[0], "soft");
  return el("ul", { class: "hours", "aria-label": WORDS.hours }, rows.map((row) => el("li", {}, row)));
}

function phone(number) {
  const href = safePhone(`tel:${text(number)}`, "tel");
  return href && el("a", { class: "action", href }, WORDS.call, el("b", {}, text(number)));
}

function external(address, label, base, name = "action") {
  const href = safeUrl(address, base);
  return href && outerLink(href, label, { class: name });
}

function site(data, { base }) {
  const away = distance(data.distance_km);
  const maps = safeGeo(data.geo);
  return card(
    "site",
    heading(text(data.name), away && el("span", { class: "soft" }, ` à ${away}`)),
    line(text(data.address)),
    line(text(data.state), "when"),
    hours(data.hours),
    line(text(data.accessibility)),
    line(text(data.note) && linkify(text(data.note)), "soft"),
    phone(data.phone),
    maps && el("a", { class: "action", href: maps }, WORDS.maps),
    external(data.url, WORDS.route, base),
  );
}

function number(data, { base }) {
  const call = safePhone(data.call, "tel");
  const sms = safePhone(data.sms, "sms");
  const label = [WORDS.call, el("b", {}, text(data.number))];
  return card(
    "number",
    heading(text(data.title)),
    call && el("a", { class: "action main", href: call }, label),
    hours(data.hours),
    sms && el("a", { class: call ? "action" : "action main", href: sms }, WORDS.sms),
    external(data.chat, WORDS.chat, base),
  );
}

function appointment(data, { base }) {
  return card(
    "appointment",
    heading(WORDS.appointment),
    line(text(data.when), "when"),
    line(text(data.site)),
    line(text(data.address)),
    line(text(data.code) && [WORDS.code, el("b", { class: "code" }, text(data.code))]),
    external(data.manage_url, WORDS.manage, base),
  );
}

function source(data, { base, today }) {
  const title = text(data.title);
  const link = external(data.url, title, base, "") ?? title;
  const easy = text(data.easy);
  return card(
    "source",
    line(title && [WORDS.source, link]),
    line(checkedLine(text(data.checked_on), text(data.expires_on), today), "soft"),
    easy && el("details", {}, el("summary", {}, WORDS.easy), el("p", { class: "text" }, linkify(easy))),
  );
}

const KINDS = new Map(Object.entries({ site, number, appointment, source }));

/**
 * @param {object[]} cards as sent by the server
 * @param {{base: string, today: string}} context origin of relative addresses; ISO day of the reader
 * @returns {HTMLElement[]}
 */
export function renderCards(cards, context) {
  return (Array.isArray(cards) ? cards : [])
    .filter((data) => KINDS.has(data?.type))
    .map((data) => KINDS.get(data.type)(data, context));
}

/** Quick replies: the buttons of a message, and its slot cards, which are buttons too. */
export function renderChoices(message, onChoice) {
  const slots = (message.cards ?? []).filter((data) => data?.type === "slot");
  const offered = [...slots, ...(message.buttons ?? [])]
    .map((data) => ({ button: data?.button, title: text(data?.title ?? data?.label ?? data?.when) }))
    .filter((choice) => choice.button && choice.title);
  const canLocate = (message.cards ?? []).some((data) => data?.type === "position");
  if (canLocate && navigator.geolocation && isSecureContext) offered.push({ title: WORDS.position, locates: true });
  if (!offered.length) return null;
  const buttons = offered.map((choice) => button(choice.title, () => onChoice(choice)));
  return el("div", { class: "choices", role: "group", "aria-label": WORDS.choices }, buttons);
}

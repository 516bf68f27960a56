/**
 * The cards a reply may carry. A type that is not listed here is ignored. Loaded with the first reply
 * that has cards; like the conversation, they are in French whatever the labels are.
 */

import { el, lines, linkify, outerLink, safeUrl, text } from "./elements.js";

export const CSS = `
.card { width: 100%; display: grid; gap: .35em; padding: .85em 1em; border: 1px solid var(--line);
  border-radius: .8em; overflow-wrap: anywhere; }
.card-title { line-height: 1.35; }
.hours { color: var(--soft); }
.action { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0 .3em; min-height: 2.75em; padding: .4em .9em; margin-top: .25em;
  border-radius: .6em; border: 1px solid var(--link); text-align: center; text-decoration: none; font-weight: 550; }
.action:hover { text-decoration: underline; }
.main { background: var(--accent); color: var(--on-accent); font-size: 1.15em; }
.number { border-width: 2px; border-color: var(--accent); }
.appointment { border-left: .35em solid var(--accent); }
.when { font-weight: 650; font-size: 1.1em; }
.code { letter-spacing: .08em; font-family: ui-monospace, monospace; font-size: 1.1em; }
.source { border-color: transparent; border-left: .2em solid var(--line); border-radius: 0; padding: .1em 0 .1em .8em; font-size: .95em; }
.source a { display: inline-block; padding: .75em 0; }
summary { cursor: pointer; min-height: 2.9em; padding: .65em 0; color: var(--link); font-weight: 550; }
details p { padding-bottom: .5em; }
.useful { min-height: 2.3em; font-size: .95em; }
.useful .ways { align-items: center; gap: .4em; }
.useful button { min-height: 2.3em; padding: .2em .8em; }
.useful [aria-pressed=true] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
`;

const WORDS = {
  call: "Appeler le ",
  sms: "Écrire un SMS",
  chat: "Ouvrir le tchat",
  route: "Voir l’itinéraire",
  maps: "Ouvrir dans mon application de cartes",
  appointment: "Ton rendez-vous",
  code: "Ton code\u00a0: ",
  manage: "Voir, déplacer ou annuler",
  hours: "Horaires",
  easy: "Version facile à lire",
  source: "Source\u00a0: ",
  calendar: "Ajouter à mon agenda",
  full: "Voir la version complète",
};

/** `tel:` and `sms:` addresses made of digits only; otherwise null. */
function safePhone(address, scheme) {
  return new RegExp(`^${scheme}:\\+?[\\d .-]{2,20}$`).test(address ?? "")
    ? address.replace(/[ .-]/g, "")
    : null;
}

/** `geo:` addresses of a point (RFC 5870), which only phones know how to open; otherwise null. */
function safeGeo(address) {
  const isPoint = /^geo:-?[\d.]+,-?[\d.]+(\?q=-?[\d.]+,-?[\d.]+)?$/.test(address ?? "");
  return isPoint && matchMedia("(pointer: coarse)").matches ? address : null;
}

/** "2026-08-31" -> "31 août 2026"; "" when it is not a date. No time zone is involved. */
export function longDate(isoDay) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(isoDay ?? "");
  if (!parts) return "";
  const [year, month, day] = parts.slice(1).map(Number);
  const written = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" });
  return written.format(Date.UTC(year, month - 1, day)).replace(/^1 /, "1er ");
}

/** 3.26 -> "3,3 km"; "" when unknown, or under 1 km: it is measured from the commune's centre. */
function distance(km) {
  if (typeof km !== "number" || !(km >= 1)) return "";
  const digits = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: km < 10 ? 1 : 0 });
  return `${digits.format(km)}\u00a0km`;
}

/** "Vérifié le 31 août 2026", with a warning once `expiresOn` is behind `today` (both ISO days). */
function checkedLine(checkedOn, expiresOn, today) {
  const checked = longDate(checkedOn) && `Vérifié le ${longDate(checkedOn)}`;
  if (!longDate(expiresOn) || expiresOn >= today) return checked;
  const warning = `À revérifier depuis le ${longDate(expiresOn)}`;
  return checked ? `${checked}. ${warning}` : warning;
}

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
    external(data.calendar_url, WORDS.calendar, base),
  );
}

/** A text that opens under its title. */
const unfolding = (title, content) =>
  el("details", {}, el("summary", {}, title), el("p", { class: "text" }, linkify(content)));

/** The easy text of a message: the one of its first source that has one, or "". */
export const easyText = (cards) =>
  lines((Array.isArray(cards) ? cards : []).filter((data) => data?.type === "source").map((data) => data.easy))[0] ?? "";

function source(data, { base, today, easy }) {
  const title = text(data.title);
  const link = external(data.url, title, base, "") ?? title;
  return card(
    "source",
    line(title && [WORDS.source, link]),
    line(checkedLine(text(data.checked_on), text(data.expires_on), today), "soft"),
    easy && text(data.easy) && unfolding(WORDS.easy, text(data.easy)),
  );
}

/** A text whose numbers, those of its cards, can be called where they are read: the cards may be a screen away. */
export function withNumbers(said, cards) {
  const ways = new Map();
  for (const { type, number, call, sms } of Array.isArray(cards) ? cards : []) {
    const href = safePhone(call, "tel") ?? safePhone(sms, "sms");
    if (type === "number" && href && /^\d{2,6}$/.test(number)) ways.set(`${number}`, href);
  }
  if (!ways.size) return linkify(said);
  const pieces = said.split(new RegExp(`\\b(${[...ways.keys()].join("|")})\\b`));
  return pieces.map((piece) => (ways.has(piece) ? el("a", { href: ways.get(piece) }, piece) : linkify(piece)));
}

const KINDS = new Map(Object.entries({ site, number, appointment, source }));

/**
 * @param {object[]} cards as sent by the server
 * @param {{base: string, today: string, easy: boolean}} context origin of relative addresses; ISO day of the
 * reader; whether easy texts are folded under their source
 * @returns {HTMLElement[]}
 */
export function renderCards(cards, context) {
  return (Array.isArray(cards) ? cards : [])
    .filter((data) => KINDS.has(data?.type))
    .map((data) => KINDS.get(data.type)(data, context));
}

/** What was said in full, folded under the easy text that is shown in its place. */
export const inFull = (content) => unfolding(WORDS.full, content);

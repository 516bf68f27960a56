/**
 * A small calendar to ask for a day, after the date picker dialog of the ARIA Authoring Practices Guide
 * (https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/examples/datepicker-dialog/). It is not modal:
 * writing stays possible. Days are ISO days, handled in UTC so that no time zone moves them.
 */

import { button, el, hiddenText, icon } from "./elements.js";
import { dayName } from "./wording.js";

const LEFT = "M15 5l-7 7 7 7";
const RIGHT = "M9 5l7 7-7 7";
const DAY_MS = 86_400_000;
const WEEK = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
/** Words that the assistant reads; said after the day. */
const PARTS = { day: "", morning: " le matin", afternoon: " l’après-midi" };

const LABELS = {
  fr: {
    title: "Choisir un jour",
    close: "Fermer le calendrier",
    before: "Mois précédent",
    after: "Mois suivant",
    today: ", aujourd’hui",
    keys: "Flèches pour changer de jour, page haut et page bas pour changer de mois.",
    when: "\u00a0: à quel moment\u202f?",
    parts: { day: "Toute la journée", morning: "Matin", afternoon: "Après-midi" },
  },
  en: {
    title: "Choose a day",
    close: "Close the calendar",
    before: "Previous month",
    after: "Next month",
    today: ", today",
    keys: "Arrows change the day, page up and page down the month.",
    when: ": at what time?",
    parts: { day: "All day", morning: "Morning", afternoon: "Afternoon" },
  },
};

const CSS = `
.picker { flex: 0 1 auto; max-height: 75%; overflow-y: auto; padding: .5em .75em .75em; border-top: 1px solid var(--line);
  background: var(--surface); }
.picker-bar { display: flex; align-items: center; gap: .3em; }
.picker-bar h3 { flex: 1; text-align: center; margin: 0; font-weight: 650; }
.picker-bar h3::first-letter, .moments p::first-letter { text-transform: uppercase; }
.picker-bar button { display: grid; place-items: center; padding: 0; border-color: transparent; background: none; }
.picker-bar button:disabled { opacity: .35; cursor: default; }
.picker table { width: 100%; max-width: 24em; margin: 0 auto; border-collapse: collapse; table-layout: fixed; text-align: center; }
.picker th { color: var(--soft); font-weight: 550; font-size: .9em; padding: .1em 0; }
.picker td { padding: .06em; }
.picker td button, .picker td span { display: grid; place-items: center; width: 100%; min-width: 0; min-height: 2.5em; padding: 0;
  border-color: transparent; font-weight: 650; }
.picker td span { color: var(--soft); font-weight: 400; text-decoration: line-through; }
.picker td button:hover { border-color: var(--line); }
.picker [aria-current] { text-decoration: underline; text-underline-offset: .25em; }
.picker [aria-selected=true] button { background: var(--accent); color: var(--on-accent); }
.picker td button:focus-visible { outline-offset: -.1em; }
.moments { padding-top: .6em; }
.moments p { margin-bottom: .4em; font-weight: 650; }
.moments button { border-color: var(--accent); color: var(--link); font-weight: 550; }
@media (max-height: 26em) { .panel.full .picker { max-height: none; overflow: visible; } }
@media (forced-colors: active) { .picker [aria-selected=true] button { outline: 2px solid Highlight; } }
`;
const dressed = new WeakSet();

const time = (day) => Date.parse(`${day}T00:00Z`);
const iso = (ms) => new Date(ms).toISOString().slice(0, 10);
const plus = (day, days) => iso(time(day) + days * DAY_MS);
/** 0 for Monday. */
const weekday = (day) => (new Date(time(day)).getUTCDay() + 6) % 7;

/** The same day of another month, or its last one: 31 January, a month on, is 28 February. */
function plusMonths(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const longest = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(date, longest)));
}

/** What is said to the assistant: "mardi 24 novembre le matin". */
export const spoken = (day, part) => dayName(day) + PARTS[part];

export class Picker {
  /**
   * @param {{first: string, last: string, today: string}} days the first and last ISO day that can be
   * chosen, and the reader's: a conversation may be found again the day after.
   * `control` opened it and gets the focus back; `onPick(words)`, then `onClosed()`, are called.
   */
  constructor({ first, last, today, control, onPick, onClosed }) {
    Object.assign(this, { last, today, control, onPick, onClosed });
    this.first = today > first && today <= last ? today : first;
    // Not of the message, which is always in French.
    this.labels = LABELS[control.closest(".root")?.lang] ?? LABELS.fr;
    this.day = this.first;
    this.#build();
  }

  /** Show the calendar after `place`, with the focus on its first day. */
  open(place) {
    const root = place.getRootNode();
    if (!dressed.has(root)) root.host.adopt(CSS);
    dressed.add(root);
    place.after(this.node);
    this.control.setAttribute("aria-expanded", "true");
    this.#show(this.first, true);
  }

  /** Put it away; when it had the focus, `control` gets it, or else whatever `onClosed` chooses. */
  close() {
    const focused = this.node.contains(this.node.getRootNode().activeElement);
    this.control.setAttribute("aria-expanded", "false");
    if (focused) this.control.focus();
    this.node.remove();
    this.onClosed();
  }

  #build() {
    const { labels } = this;
    const bar = (path, name, act) => el("button", { type: "button", onClick: act }, icon(path), hiddenText(name));
    this.before = bar(LEFT, labels.before, () => this.#turn(-1));
    this.after = bar(RIGHT, labels.after, () => this.#turn(1));
    this.month = el("h3", { id: "pa-month", "aria-live": "polite", lang: "fr" });
    const initials = WEEK.map((name) => el("th", { scope: "col", abbr: name }, name.slice(0, 2)));
    this.rows = el("tbody", { onKeydown: (event) => this.#key(event) });
    const table = el(
      "table",
      { role: "grid", "aria-labelledby": "pa-month", "aria-describedby": "pa-keys", lang: "fr" },
      el("thead", {}, el("tr", {}, initials)),
      this.rows,
    );
    this.moments = el("div", { class: "moments", role: "group", "aria-labelledby": "pa-when", hidden: true });
    const cross = el("button", { type: "button", onClick: () => this.close() }, icon("M6 6l12 12M18 6 6 18"), hiddenText(labels.close));
    this.node = el(
      "div",
      { class: "picker", role: "dialog", "aria-label": labels.title },
      el("div", { class: "picker-bar" }, this.before, this.month, this.after, cross),
      table,
      this.moments,
      el("p", { id: "pa-keys", hidden: true }, labels.keys),
    );
  }

  #turn(months) {
    const start = `${plusMonths(this.day, months).slice(0, 8)}01`;
    this.#show(start);
  }

  /** Show the month of `day`, brought back between the first and the last, and focus it when asked. */
  #show(day, focused = false) {
    this.day = day < this.first ? this.first : day > this.last ? this.last : day;
    const start = `${this.day.slice(0, 8)}01`;
    const next = plusMonths(start, 1);
    const [, , name] = dayName(start).split(/[ \u00a0]/);
    if (this.month.textContent !== `${name} ${start.slice(0, 4)}`) this.month.textContent = `${name} ${start.slice(0, 4)}`;
    this.before.disabled = start <= this.first;
    this.after.disabled = next > this.last;
    const cells = Array.from({ length: weekday(start) }, () => el("td"));
    for (let one = start; one < next; one = plus(one, 1)) cells.push(this.#cell(one));
    const weeks = [];
    while (cells.length) weeks.push(el("tr", {}, cells.splice(0, 7)));
    // A week of which no day can be chosen would only push the others down.
    this.rows.replaceChildren(...weeks.filter((week) => week.querySelector("button")));
    if (focused) this.rows.querySelector("[tabindex='0']").focus();
  }

  #cell(day) {
    const number = `${Number(day.slice(8))}`;
    if (day < this.first || day > this.last) {
      return el("td", { "aria-disabled": "true" }, el("span", {}, number));
    }
    const isToday = day === this.today;
    const control = button(number, () => this.#choose(day), {
      tabindex: day === this.day ? "0" : "-1",
      "aria-label": dayName(day) + (isToday ? this.labels.today : ""),
      "aria-current": isToday && "date",
    });
    return el("td", { "aria-selected": `${day === this.chosen}` }, control);
  }

  #key(event) {
    const { day } = this;
    const moves = {
      ArrowLeft: () => plus(day, -1),
      ArrowRight: () => plus(day, 1),
      ArrowUp: () => plus(day, -7),
      ArrowDown: () => plus(day, 7),
      Home: () => plus(day, -weekday(day)),
      End: () => plus(day, 6 - weekday(day)),
      PageUp: () => plusMonths(day, -1),
      PageDown: () => plusMonths(day, 1),
    };
    if (!moves[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.#show(moves[event.key](), true);
  }

  #choose(day) {
    this.chosen = day;
    this.#show(day);
    const say = (part) => button(this.labels.parts[part], () => this.#pick(spoken(day, part)));
    const title = el("p", { id: "pa-when" }, el("span", { lang: "fr" }, dayName(day)), this.labels.when);
    this.moments.replaceChildren(title, el("div", { class: "ways" }, Object.keys(PARTS).map(say)));
    this.moments.hidden = false;
    this.moments.querySelector("button").focus();
    this.moments.scrollIntoView({ block: "nearest" });
  }

  #pick(words) {
    this.close();
    this.onPick(words);
  }
}

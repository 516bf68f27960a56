/** Quick replies: what can be answered by pressing a button. */

import { button, el, hiddenText, lines, text } from "./elements.js";
import { WORDS, dayName } from "./wording.js";

/**
 * Quick replies: the buttons of a message. A `date` card says which of them are times, to be shown by
 * day, and from when until when a day can be asked for; a `position` card, that a place is asked for.
 * @param {(choice: object, control: HTMLElement) => void} onChoice
 */
export function renderChoices(message, onChoice) {
  const card = (type) => (message.cards ?? []).find((data) => data?.type === type);
  const offered = (message.buttons ?? [])
    .map((data) => ({ button: data?.button, title: text(data?.title) }))
    .filter((choice) => choice.button && choice.title);
  const dates = card("date");
  const slots = lines(dates?.slots ?? []);
  const timed = slots.length <= offered.length ? offered.splice(0, slots.length) : [];
  if (card("position") && navigator.geolocation && isSecureContext) offered.push({ title: WORDS.position, locates: true });
  if (dates?.first && dates.last) offered.push({ title: timed.length ? WORDS.otherDate : WORDS.pickDate, dates });
  if (!timed.length && !offered.length) return null;
  // What the server offers is in French; what is added here, in the language of the labels.
  const reply = (choice, label = choice.title) => {
    const picks = choice.dates && { class: "pick", "aria-expanded": "false" };
    const control = button(label, () => onChoice(choice, control), { lang: choice.button && "fr", ...picks });
    return control;
  };
  const attributes = { class: "choices", role: "group", lang: WORDS.lang, "aria-label": WORDS.choices };
  return el("div", attributes, days(timed, slots, reply), offered.map((choice) => reply(choice)));
}

/** Times under their day. Each button says its day too, to whoever does not see under what it stands. */
function days(choices, slots, reply) {
  const byDay = new Map();
  choices.forEach((choice, index) => {
    const [day, at = ""] = slots[index].split("T");
    const [hour, minutes] = at.split(":").map(Number);
    const time = `${hour}\u00a0h${minutes ? `\u00a0${at.slice(3)}` : ""}`;
    const label = [hiddenText(`${dayName(day)}, `), time];
    byDay.set(day, [...(byDay.get(day) ?? []), reply(choice, label)]);
  });
  return [...byDay].map(([day, buttons]) =>
    el("div", { class: "day", lang: "fr" }, el("p", { "aria-hidden": "true" }, dayName(day)), el("div", { class: "ways" }, buttons)),
  );
}

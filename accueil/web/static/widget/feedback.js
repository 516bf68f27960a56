/** « Utile ? » under an answer: two buttons, of which one may be pressed, and changed. */

import { button, el } from "./elements.js";

const LABELS = {
  fr: {
    ask: "Utile\u202f?",
    group: "Cette réponse t’a été utile\u202f?",
    yes: "Oui",
    no: "Non",
    thanks: "Merci",
    failed: "Je n’ai pas pu le noter. Réessaie dans un moment.",
  },
  en: {
    ask: "Useful?",
    group: "Was this answer useful?",
    yes: "Yes",
    no: "No",
    thanks: "Thank you",
    failed: "This could not be noted. Try again in a moment.",
  },
};

/**
 * @param {{lang: string, onVote: (useful: boolean) => Promise<void>, say: (text: string) => void}} options
 * @returns {HTMLElement} thanks are said once, however often the answer changes
 */
export function askUseful({ lang, onVote, say }) {
  const labels = LABELS[lang] ?? LABELS.fr;
  const note = el("span", { class: "soft" });
  const choices = [true, false].map((useful) =>
    button(useful ? labels.yes : labels.no, () => vote(useful), { "aria-pressed": "false" }),
  );
  let thanked = false;
  const press = (index) =>
    choices.forEach((choice, one) => choice.setAttribute("aria-pressed", `${one === index}`));
  const pressed = () => choices.findIndex((choice) => choice.getAttribute("aria-pressed") === "true");

  async function vote(useful) {
    const before = pressed();
    press(useful ? 0 : 1);
    try {
      await onVote(useful);
      note.textContent = labels.thanks;
      if (!thanked) say(labels.thanks);
      thanked = true;
    } catch {
      press(before);
      note.textContent = labels.failed;
      say(labels.failed);
    }
  }

  const ask = el("span", { class: "soft", "aria-hidden": "true" }, labels.ask);
  return el("div", { class: "ways", role: "group", lang, "aria-label": labels.group }, ask, choices, note);
}

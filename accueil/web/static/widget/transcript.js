/** « Garder une trace »: the conversation as plain French text, made here from what the server kept. */

import { button, el } from "./elements.js";
import { longDate } from "./cards.js";
import { failure } from "./wording.js";

const LABELS = {
  fr: {
    about: "Le texte de ta conversation, fait sur cet appareil. Si d’autres l’utilisent, ils pourront lire le fichier.",
    nothing: "Il n’y a encore rien à garder.",
    download: "Télécharger",
    share: "Partager",
    copy: "Copier",
    downloaded: "Le fichier est dans tes téléchargements.",
    copied: "Le texte est copié.",
    failed: "Ça n’a pas marché. Essaie autrement.",
  },
  en: {
    about: "The text of your conversation, made on this device. If other people use it, they can read the file.",
    nothing: "There is nothing to keep yet.",
    download: "Download",
    share: "Share",
    copy: "Copy",
    downloaded: "The file is in your downloads.",
    copied: "The text is copied.",
    failed: "This did not work. Try another way.",
  },
};

const sentence = (...parts) => parts.filter(Boolean).join(", ");

/** What a card adds to the text of its message; sites are already told in words. */
const CARDS = {
  source: ({ title, url, checked_on: checked }) =>
    `Source\u00a0: ${sentence(title, url, longDate(checked) && `vérifié le ${longDate(checked)}`)}`,
  number: ({ title, number }) => `${title}\u00a0: ${number}`,
  appointment: ({ when, site, address, code, manage_url: link }) =>
    [`Rendez-vous\u00a0: ${sentence(when, site, address)}`, `Code\u00a0: ${code}`, link].filter(Boolean).join("\n"),
};

function spokenBy({ author, text, cards = [] }) {
  const who = author === "user" ? "Toi" : "Robot";
  const added = cards.filter((card) => CARDS[card.type]).map((card) => CARDS[card.type](card));
  return [`${who}\u00a0: ${text ?? ""}`.trimEnd(), ...added].join("\n");
}

/** @param {object[]} messages as the server gives them @param {Date} now @returns {string} */
export function written(messages, now) {
  const made = new Intl.DateTimeFormat("fr-FR", { dateStyle: "full", timeStyle: "short" }).format(now);
  const head = `Conversation avec le robot d’accueil de la Mission Locale\nCopie faite le ${made}`;
  return `${[head, ...messages.map(spokenBy)].join("\n\n")}\n`;
}

function download(text, now) {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0"));
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href, download: `conversation-${day.join("-")}.txt` }).click();
  // Some phones read the file after the click is over.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** @param {import("./app.js").App} app @returns {Promise<HTMLElement>} the section of the menu */
export async function section(app) {
  const labels = LABELS[app.settings.lang] ?? LABELS.fr;
  const plain = (said) => el("p", { class: "soft" }, said);
  if (!app.token) return plain(labels.nothing);
  let messages;
  try {
    ({ messages } = await app.api.history(app.token));
  } catch (error) {
    return plain(el("span", { lang: error.detail && "fr" }, failure(error)));
  }
  const now = new Date();
  const text = written(messages, now);
  const said = el("p", { role: "status" });
  const way = (label, act, done = "") =>
    button(label, async () => {
      said.textContent = "";
      try {
        await act();
        said.textContent = done;
      } catch (error) {
        // Whoever closes the sheet of apps without choosing made no mistake.
        said.textContent = error.name === "AbortError" ? "" : labels.failed;
      }
    });
  const ways = [
    way(labels.download, () => download(text, now), labels.downloaded),
    navigator.share && way(labels.share, () => navigator.share({ text })),
    navigator.clipboard && way(labels.copy, () => navigator.clipboard.writeText(text), labels.copied),
  ];
  return el("div", { class: "stack" }, plain(labels.about), el("div", { class: "ways" }, ways.filter(Boolean)), said);
}

/** Every French sentence of the widget, and French formats. \u202f and \u00a0 are typographic spaces. */

export const WORDS = {
  launcher: "Une question\u202f?",
  launcherMore: " Ouvrir la discussion",
  unread: " (nouvelle réponse)",
  title: "Premier accueil",
  robot: "Je suis un robot\u00a0: personne ne lit en direct.",
  danger: "En danger\u202f?",
  dangerFree: "Gratuit, jour et nuit.",
  call: "Appeler le ",
  write: "Écrire au ",
  menu: "Menu",
  close: "Fermer",
  erase: "Effacer la conversation",
  eraseAsk: "Effacer toute la conversation\u202f? On ne pourra pas la retrouver.",
  eraseYes: "Oui, effacer",
  cancel: "Annuler",
  erased: "Conversation effacée. Écris quand tu veux pour recommencer.",
  eraseFailed: "Je n’arrive pas à effacer pour l’instant. Réessaie dans un moment.",
  log: "Conversation",
  you: "Toi\u00a0: ",
  bot: "Robot\u00a0: ",
  typing: "Le robot écrit…",
  choices: "Réponses proposées",
  input: "Ton message",
  placeholder: "Écris ta question",
  send: "Envoyer",
  nearLimit: "Ton message est presque au maximum de longueur.",
  atLimit: "Ton message a atteint la longueur maximum.",
  notSent: "Message pas envoyé. ",
  resend: "Renvoyer",
  edit: "Modifier",
  retry: "Réessayer",
  offline: "Tu n’as pas de connexion. Ton texte reste là\u00a0: renvoie-le quand le réseau revient.",
  noNetwork: "Pas de connexion.",
  online: "La connexion est revenue.",
  unreachable: "Je n’arrive pas à joindre le service. Vérifie ta connexion, puis réessaie.",
  busy: "Le service a trop de demandes. Attends un peu, puis réessaie.",
  broken: "Le service a un souci. Ce n’est pas ta faute\u202f: réessaie dans un moment.",
  restored: "Voici la suite de ta conversation.",
  newWindow: " (nouvelle fenêtre)",
  sms: "Écrire un SMS",
  chat: "Ouvrir le tchat",
  route: "Voir l’itinéraire",
  position: "Utiliser ma position",
  noPosition: "Je n’ai pas pu lire ta position. Écris le nom de ta commune ou ton code postal.",
  maps: "Ouvrir dans mon application de cartes",
  appointment: "Ton rendez-vous",
  code: "Ton code\u00a0: ",
  manage: "Voir, déplacer ou annuler",
  hours: "Horaires",
  easy: "Version facile à lire",
  source: "Source\u00a0: ",
};

/** Shown in the notice and in the menu: they must be reachable with the server down. */
export const EMERGENCY = [
  { number: "3114", href: "tel:3114", about: "Idées suicidaires, pour toi ou un proche" },
  { number: "15", href: "tel:15", about: "Urgence médicale" },
  { number: "112", href: "tel:112", about: "Toute urgence" },
];
export const EMERGENCY_SMS = {
  number: "114",
  href: "sms:114",
  about: "Par SMS, si tu ne peux pas parler",
};

/** "2026-08-31" -> "31 août 2026"; "" when it is not a date. No time zone is involved. */
export function longDate(isoDay) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(isoDay ?? "");
  if (!parts) return "";
  const [year, month, day] = parts.slice(1).map(Number);
  const written = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" });
  return written.format(Date.UTC(year, month - 1, day)).replace(/^1 /, "1er ");
}

/** 3.26 -> "3,3 km"; "" when unknown, or under 1 km: it is measured from the commune's centre. */
export function distance(km) {
  if (typeof km !== "number" || !(km >= 1)) return "";
  const digits = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: km < 10 ? 1 : 0 });
  return `${digits.format(km)}\u00a0km`;
}

/** "Vérifié le 31 août 2026", with a warning once `expiresOn` is behind `today` (both ISO days). */
export function checkedLine(checkedOn, expiresOn, today) {
  const checked = longDate(checkedOn) && `Vérifié le ${longDate(checkedOn)}`;
  if (!longDate(expiresOn) || expiresOn >= today) return checked;
  const warning = `À revérifier depuis le ${longDate(expiresOn)}`;
  return checked ? `${checked}. ${warning}` : warning;
}

/** What to tell someone when a call failed. */
export function failure(error) {
  if (error.detail) return error.detail;
  if (!error.status) return navigator.onLine === false ? WORDS.noNetwork : WORDS.unreachable;
  return error.status === 429 ? WORDS.busy : WORDS.broken;
}

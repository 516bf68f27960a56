/** Every French sentence of the widget, and French formats. \u202f and \u00a0 are typographic spaces. */

export const WORDS = {
  /** The language of these words. */
  lang: "fr",
  robot: "Je suis un robot\u00a0: personne ne lit en direct.",
  menu: "Menu",
  erased: "Conversation effacée. Écris quand tu veux pour recommencer.",
  log: "Conversation",
  you: "Toi\u00a0: ",
  bot: "Robot\u00a0: ",
  typing: "Le robot écrit…",
  choices: "Réponses proposées",
  input: "Ton message",
  placeholder: "Écris ici",
  send: "Envoyer",
  nearLimit: "Ton message est presque au maximum de longueur.",
  atLimit: "Ton message a atteint la longueur maximum.",
  notSent: "Message pas envoyé. ",
  resend: "Renvoyer",
  edit: "Modifier",
  retry: "Réessayer",
  drop: "Supprimer",
  slow: "Ça prend du temps…",
  stuck: "C’est long. Attends encore, ou renvoie ton message\u00a0: il ne comptera qu’une fois.",
  keepWaiting: "Attendre encore",
  held: "Pas encore envoyé",
  sendingAgain: "La connexion est revenue. J’envoie ce qui attendait.",
  proof: "Une petite vérification, encore quelques secondes…",
  moved: "Ta conversation continue ailleurs, sur un autre appareil ou dans une application.",
  startHere: "Nouvelle conversation ici",
  offline: "Tu n’as pas de connexion. Ce que tu écris partira quand le réseau revient.",
  noNetwork: "Pas de connexion.",
  online: "La connexion est revenue.",
  unreachable: "Je n’arrive pas à joindre le service. Vérifie ta connexion, puis réessaie.",
  busy: "Le service a trop de demandes. Attends un peu, puis réessaie.",
  broken: "Le service a un souci. Ce n’est pas ta faute\u202f: réessaie dans un moment.",
  restored: "Voici la suite de ta conversation.",
  discreetOn: "Mode discret\u00a0: rien n’est gardé sur cet appareil. Quand tu fermes la discussion, elle est effacée.",
  newWindow: " (nouvelle fenêtre)",
  position: "Utiliser ma position",
  noPosition: "Je n’ai pas pu lire ta position. Écris le nom de ta commune ou ton code postal.",
  pickDate: "Choisir une date",
  otherDate: "Choisir une autre date",
  noPicker: "Le calendrier ne s’ouvre pas. Écris plutôt le jour que tu veux.",
};

/** "2026-12-01" -> "mardi 1er décembre", as the server writes days. */
export function dayName(isoDay) {
  const written = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const [weekday, day, month] = written.format(new Date(isoDay)).split(" ");
  return `${weekday} ${day === "1" ? "1er" : day}\u00a0${month}`;
}

/** What to tell someone when a call failed. */
export function failure(error) {
  if (error.moved) return WORDS.moved;
  if (error.detail) return error.detail;
  if (!error.status) return navigator.onLine === false ? WORDS.noNetwork : WORDS.unreachable;
  return error.status === 429 ? WORDS.busy : WORDS.broken;
}

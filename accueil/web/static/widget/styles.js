/**
 * Looks. A page may set, on `premier-accueil`: --pa-accent and --pa-on-accent (light theme),
 * --pa-accent-dark and --pa-on-accent-dark (dark theme), --pa-font, --pa-z. Keep 4.5:1 between pairs.
 */

const CSS = `
:host { all: initial; }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.root {
  --accent: var(--pa-accent, #0b5563); --on-accent: var(--pa-on-accent, #fff);
  --surface: #fff; --raised: #eef3f4; --text: #16242a; --soft: #4d5f66; --line: #73868d;
  --link: var(--accent); --bar: var(--accent); --on-bar: var(--on-accent); --alert: #9c1c13; --alert-bg: #fdeeec; --shadow: 0 .5em 2em #0b1f2659;
  font: medium/1.5 var(--pa-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  color: var(--text); color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  .root {
    --accent: var(--pa-accent-dark, #86d5e3); --on-accent: var(--pa-on-accent-dark, #04262d);
    --bar: #22323a; --on-bar: #e8eff1; --surface: #11191c; --raised: #1e2a2e; --text: #e8eff1; --soft: #aebfc5; --line: #7f939a;
    --alert: #ffb4aa; --alert-bg: #3b1512; --shadow: 0 .5em 2em #000c; color-scheme: dark;
  }
}
p, h2, h3, ul { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
b, strong { font-weight: 650; }
a { color: var(--link); text-underline-offset: .15em; }
svg { width: 1.5em; height: 1.5em; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round; flex: none; }
button, textarea { font: inherit; color: inherit; margin: 0; }
button { cursor: pointer; min-height: 2.75em; min-width: 2.75em; border-radius: .6em;
  border: 1px solid var(--line); background: var(--surface); padding: .4em .9em; }
button:hover { background: var(--raised); }
:focus-visible { outline: .19em solid var(--accent); outline-offset: .13em; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--soft); font-weight: 400; }
.text { white-space: pre-line; overflow-wrap: anywhere; }

.launcher { position: fixed; right: 1em; bottom: 1em; z-index: var(--pa-z, 2147483000);
  display: flex; align-items: center; gap: .5em; max-width: calc(100vw - 2em); min-height: 3.4em;
  padding: .5em 1.3em .5em 1.1em; border: 2px solid var(--surface); border-radius: 2em;
  background: var(--accent); color: var(--on-accent); font-weight: 650; box-shadow: var(--shadow); }
.launcher:hover { background: var(--accent); text-decoration: underline; }
.unread:not(:empty) { width: .8em; height: .8em; border-radius: 50%; background: currentColor; }

.panel { position: fixed; inset: auto 1em 1em auto; z-index: var(--pa-z, 2147483000); margin: 0;
  width: 25em; max-width: none; height: 42em; max-height: calc(100vh - 2em); padding: 0; border: 1px solid var(--line);
  border-radius: 1em; background: var(--surface); color: inherit; box-shadow: var(--shadow); overflow: hidden; }
.panel[open] { display: flex; flex-direction: column; }
.panel.full { inset: 0 auto auto 0; width: 100%; height: 100vh; height: 100dvh; max-height: none;
  border: 0; border-radius: 0; }
.bar { display: flex; flex-wrap: wrap; justify-content: flex-end; align-items: center; gap: .3em; padding: .4em .5em .4em 1em; flex: none;
  background: var(--bar); color: var(--on-bar); }
h2 { flex: 1 1 7em; min-width: 0; font-weight: 650; font-size: 1.05em; line-height: 1.25;
  overflow-wrap: anywhere; }
.bar button { border-color: transparent; background: none; padding: .4em .7em; }
.bar button:hover { background: none; text-decoration: underline; border-color: currentColor; }
.bar :focus-visible { outline-color: currentColor; outline-offset: -.2em; }
.toggle::after { content: ""; display: inline-block; margin-left: .45em; border: .32em solid transparent;
  border-top-color: currentColor; vertical-align: -.12em; }
.toggle[aria-expanded=true]::after { transform: rotate(180deg) translateY(.3em); }
.cross { display: grid; place-items: center; padding: 0; }

.menu { flex: 0 1 auto; overflow: auto; padding: .9em 1em 1em; border-bottom: 1px solid var(--line); }
h3 { font-weight: 650; margin-bottom: .2em; }
.menu li a { display: grid; grid-template-columns: 3.6em 1fr; align-items: center; min-height: 2.75em; line-height: 1.3;
  text-decoration: none; }
.menu li b { text-decoration: underline; }
.menu li b + span { color: var(--text); }
.menu li a:hover span { text-decoration: underline; }
.menu > .ways, .confirm { margin-top: .8em; padding-top: .9em; border-top: 1px solid var(--raised); }
.ways { display: flex; flex-wrap: wrap; gap: .5em; }
.confirm p + .ways { margin-top: .6em; }
.risky { border-color: var(--alert); color: var(--alert); }

.log { flex: 1 1 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em; position: relative; }
.log:focus-visible { outline-offset: -.2em; }
.notice { padding-bottom: .4em; margin-bottom: .9em; border-bottom: 1px solid var(--raised); color: var(--soft); }
.danger { display: flex; flex-wrap: wrap; align-items: center; color: var(--text); }
.danger a { display: inline-grid; place-items: center; min-width: 2.75em; min-height: 2.75em;
  padding: 0 .4em; font-weight: 650; }
.messages, .message { display: flex; flex-direction: column; gap: .6em; }
.messages { gap: .9em; }
.message { align-items: flex-start; }
.user { align-items: flex-end; }
.bubble { max-width: 90%; padding: .55em .85em; border-radius: 1em; border: 1px solid transparent; }
.bot > .bubble { background: var(--raised); border-bottom-left-radius: .2em; }
.user > .bubble { background: var(--accent); color: var(--on-accent); border-bottom-right-radius: .2em; }
.pending > .bubble { opacity: .85; }
.failed > .bubble { background: none; color: inherit; border: 1px dashed var(--alert); }
.note { color: var(--soft); text-align: center; }
.failure { display: grid; gap: .5em; padding: .7em .85em; border-radius: .6em; background: var(--alert-bg);
  border-left: .25em solid var(--alert); overflow-wrap: anywhere; }
.failure b { color: var(--alert); }
.problem:not(:empty), .messages + .problem + div { margin-top: .9em; }
.choices { display: flex; flex-wrap: wrap; gap: .5em; }
.choices button { border: 1px solid var(--accent); color: var(--link); border-radius: 1.4em; text-align: left;
  font-weight: 550; overflow-wrap: anywhere; }
.choices [aria-disabled] { border-style: dashed; color: var(--soft); cursor: default; }

.card { width: 100%; display: grid; gap: .35em; padding: .85em 1em; border: 1px solid var(--line);
  border-radius: .8em; overflow-wrap: anywhere; }
.card-title { line-height: 1.35; }
.hours { color: var(--soft); }
.action { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0 .3em; min-height: 2.75em; padding: .4em .9em; margin-top: .25em;
  border-radius: .6em; border: 1px solid var(--accent); text-align: center; text-decoration: none; font-weight: 550; }
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

.dots { display: inline-flex; gap: .3em; padding: .8em 1em; border-radius: 1em; background: var(--raised); }
.dots i { width: .5em; height: .5em; border-radius: 50%; background: var(--soft); animation: beat 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes beat { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; } }

.composer { flex: none; padding: .6em .75em .75em; padding-bottom: max(.75em, env(safe-area-inset-bottom));
  border-top: 1px solid var(--line); }
.field { display: flex; flex-wrap: wrap; align-items: flex-end; gap: .5em; }
textarea { flex: 1 1 6em; min-width: 0; min-height: 2.9em; max-height: 8.5em; padding: .65em .8em; line-height: 1.5; resize: none;
  border: 1px solid var(--line); border-radius: .8em; background: var(--surface); overflow-wrap: anywhere; }
textarea:focus-visible { outline-offset: -.06em; }
textarea::placeholder { color: var(--soft); opacity: 1; }
.send { display: grid; place-items: center; width: 3em; height: 2.9em; padding: 0; border-radius: .8em;
  border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.send:hover { background: var(--accent); opacity: .9; }
.count { text-align: right; color: var(--soft); font-size: .9em; }
.offline:not(:empty) { margin-bottom: .5em; padding: .5em .7em; border-radius: .5em; background: var(--alert-bg); }

/* Very low windows (400 % zoom): one scroll for the whole dialog, or the log would have no room. */
@media (max-height: 26em) {
  .panel.full { overflow-y: auto; }
  .panel.full .log, .panel.full .menu { flex: none; overflow: visible; }
}
@media (prefers-reduced-motion: reduce) { .dots i { animation: none; opacity: 1; } }
@media (forced-colors: active) { .user > .bubble, .bot > .bubble { border-color: CanvasText; } }
@media print { .root { display: none; } }
`;

/** Constructed sheets pass the strictest content policies; older browsers get a style element. */
export function applyStyles(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = CSS;
    root.append(style);
  }
}

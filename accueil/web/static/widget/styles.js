/**
 * Looks of what the launcher does not already show. A page may set, on `premier-accueil`: --pa-accent
 * and --pa-on-accent (light theme), --pa-accent-dark and --pa-on-accent-dark (dark theme), --pa-font,
 * --pa-z. Keep 4.5:1 between pairs; the attribute data-accent does it by itself.
 */

export const CSS = `
ul { list-style: none; }
textarea { font: inherit; color: inherit; margin: 0; }
.soft { color: var(--soft); font-weight: 400; }
.text { white-space: pre-line; overflow-wrap: anywhere; text-wrap: pretty; }

.toggle::after { content: ""; display: inline-block; margin-left: .5em; width: .45em; height: .45em; border: solid;
  border-width: 0 .14em .14em 0; vertical-align: .2em; transform: rotate(45deg); }
.toggle[aria-expanded=true]::after { transform: rotate(225deg); }

.menu { flex: 0 1 auto; overflow: auto; padding: .9em 1em 1em; border-bottom: 1px solid var(--line); }
.at-menu .menu { flex: 1; border: 0; }
.at-menu .log, .at-menu .composer, .at-menu .stop { display: none; }
.ways { display: flex; flex-wrap: wrap; gap: .5em; }

.log { flex: 1 1 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em; position: relative; }
.log:focus-visible { outline-offset: -.2em; }
.notice { padding-bottom: .4em; margin-bottom: .9em; border-bottom: 1px solid var(--raised); color: var(--soft); }
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
.mark { display: grid; gap: .5em; padding: .5em .85em; border-radius: .6em; background: var(--raised);
  border-left: .25em solid var(--line); overflow-wrap: anywhere; }
.failure { background: var(--alert-bg); border-color: var(--alert); }
.failure b { color: var(--alert); }
.problem:not(:empty), .messages + .problem + div { margin-top: .9em; }
.choices { display: flex; flex-wrap: wrap; gap: .5em; }
.choices button { border: 1px solid var(--link); color: var(--link); border-radius: 1.4em; text-align: left;
  font-weight: 550; overflow-wrap: anywhere; }
.day { width: 100%; }
.day p { margin-bottom: .3em; font-weight: 650; }
.day p::first-letter { text-transform: uppercase; }
.choices .pick { border-style: dashed; }
.choices [aria-disabled] { border-style: dashed; color: var(--soft); cursor: default; }

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
textarea::placeholder { color: var(--soft); opacity: 1; white-space: nowrap; }
.send { display: grid; place-items: center; width: 3em; height: 2.9em; padding: 0; border-radius: .8em;
  border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.send:hover { background: var(--accent); opacity: .9; }
.count { text-align: right; color: var(--soft); font-size: .9em; }
.offline:not(:empty) { margin-bottom: .5em; padding: .5em .7em; border-radius: .5em; background: var(--alert-bg); }

/* Very low windows (400 % zoom): one scroll for the whole dialog, or the log would have no room. */
@media (max-height: 26em) {
  .panel.full .log, .panel.full .menu { flex: none; overflow: visible; }
}
@media (prefers-reduced-motion: reduce) { .dots i { animation: none; opacity: 1; } }
@media (forced-colors: active) { .user > .bubble, .bot > .bubble { border-color: CanvasText; } }
`;

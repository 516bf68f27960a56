/** What happens between the person, the API and the screen: one thing at a time, in order. */

import { newKey } from "./api.js";
import { WORDS } from "./wording.js";

const LOCATE = { enableHighAccuracy: false, timeout: 15_000, maximumAge: 600_000 };

function position() {
  return new Promise((resolve, reject) => {
    const found = ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude });
    navigator.geolocation.getCurrentPosition(found, reject, LOCATE);
  });
}

export class Conversation {
  #queue = Promise.resolve();
  #awaited = 0;
  /** What was said and waits for its turn, or for the network. */
  #outbox = [];
  #unbegun = false;

  /**
   * `onEdit(text)` receives the text of an unsent message that the person wants to change;
   * `greeting` is said before the first messages of a new conversation.
   */
  constructor({ api, store, view, onEdit, greeting = [] }) {
    Object.assign(this, { api, store, view, onEdit, greeting });
    api.onProof = () => view.tell(WORDS.proof);
    view.onVote = (message, useful) =>
      api.call("POST", "feedback", { token: store.session?.token, body: { message, useful } });
    window.addEventListener("online", () => this.#reconnected());
  }

  /** Find the conversation of this tab again, or start one. */
  begin() {
    return this.#enqueue(async () => {
      this.#unbegun = false;
      try {
        if (!(await this.#restore())) await this.#show(await this.#start());
      } catch (error) {
        this.#unbegun = !error.status;
        this.view.showProblem(error, () => {
          if (error.moved) this.store.session = null;
          this.begin();
        });
      }
    });
  }

  sendText(text) {
    return this.#deliver({ text, key: newKey(), node: this.view.addUser(text) });
  }

  /** @param {{button?: string, title: string}} choice a quick reply of the current session */
  sendChoice({ button, title }) {
    const session = this.store.session?.id;
    return this.#deliver({ text: title, button, session, key: newKey(), node: this.view.addUser(title) });
  }

  /** Ask the browser where this is; the server rounds it to a commune, which is then said in words. */
  async sendPosition() {
    try {
      const point = await position();
      const { text } = await this.api.position(this.store.session?.token, point);
      return this.sendText(text);
    } catch (error) {
      this.view.note(error.detail || WORDS.noPosition);
    }
  }

  /** Erase on the server, then here. @returns {Promise<boolean>} false when the server did not */
  async erase() {
    let done = true;
    await this.#enqueue(async () => {
      try {
        if (this.store.session) await this.api.erase(this.store.session.token);
      } catch (error) {
        // Already unknown to the server: there is nothing left to erase but this screen.
        done = error.expired || error.status === 404;
      }
      if (!done) return;
      this.store.session = null;
      this.#outbox = [];
      this.view.clear(WORDS.erased);
    }, false);
    return done;
  }

  /** Go on with another conversation: what `take` returns, as `Api.start` does. */
  adopt(take) {
    const taken = this.#queue.then(async () => {
      const { session_id: id, token, messages } = await take();
      this.store.session = { id, token };
      await this.view.prepare(messages);
      this.view.showHistory(messages ?? []);
    });
    this.#queue = taken.catch(() => {});
    return taken;
  }

  /** Run `task` after those before it; `answered` says that the robot is expected to answer. */
  #enqueue(task, answered = true) {
    if (answered && !this.#awaited++) this.view.wait(true);
    this.#queue = this.#queue.then(task).finally(() => {
      if (answered && !--this.#awaited) this.view.wait(false);
    });
    return this.#queue;
  }

  async #restore() {
    if (!this.store.session) return false;
    try {
      const { messages } = await this.api.history(this.store.session.token);
      await this.view.prepare(messages);
      this.view.showHistory(messages ?? []);
      return true;
    } catch (error) {
      if (!error.expired && error.status !== 404) throw error;
      this.store.session = null;
      return false;
    }
  }

  async #start(signal) {
    const started = await this.api.start(signal);
    this.store.session = { id: started.session_id, token: started.token };
    return started;
  }

  async #show({ messages }) {
    await this.view.prepare(messages);
    this.view.addReply([...this.greeting, ...(messages ?? [])]);
  }

  #deliver(message) {
    this.#outbox.push(message);
    return this.#flush();
  }

  #flush() {
    return this.#enqueue(() => this.#sendNext());
  }

  async #sendNext() {
    const message = this.#outbox[0];
    if (!message) return;
    try {
      const reply = await this.#patiently(message);
      await this.view.prepare(reply?.messages);
      this.#forget(message);
      this.view.sent(message.node);
      this.view.addReply(reply?.messages);
      if (this.#outbox.length) this.#flush();
    } catch (error) {
      // Without a network, all of them wait for it, in order; otherwise only this one failed.
      if (!error.status && navigator.onLine === false) {
        for (const one of this.#outbox) this.view.hold(one.node, this.#waysOut(one));
        return;
      }
      this.#forget(message);
      this.view.fail(message.node, error, this.#waysOut(message, error.moved));
    }
  }

  /** Post a message; each time the person asks for it, give up waiting and post it again. */
  async #patiently(message) {
    for (;;) {
      const again = new AbortController();
      const stop = this.view.watch(message.node, () => again.abort());
      try {
        return await this.#post(message, again.signal);
      } catch (error) {
        if (!again.signal.aborted) throw error;
      } finally {
        stop();
      }
    }
  }

  #reconnected() {
    if (this.#unbegun) {
      this.view.dismissProblem();
      this.begin();
    }
    if (this.#outbox.length) this.view.say(WORDS.sendingAgain);
    this.#sendHeld();
  }

  #sendHeld() {
    for (const { node } of this.#outbox) this.view.retry(node);
    for (const _ of this.#outbox) this.#flush();
  }

  #forget(message) {
    this.#outbox = this.#outbox.filter((one) => one !== message);
  }

  #waysOut(message, moved = false) {
    const drop = () => {
      this.#forget(message);
      this.view.drop(message.node);
    };
    const onResend = () => {
      if (moved) this.store.session = null;
      if (!this.#outbox.includes(message)) {
        this.view.retry(message.node);
        this.#outbox.push(message);
      }
      this.#sendHeld();
    };
    const onEdit = () => {
      drop();
      this.onEdit(message.text);
    };
    return { onResend, onEdit: message.button ? null : onEdit, onDrop: drop };
  }

  /** Post a message; when the session is over, start another silently and post it again. */
  async #post(message, signal) {
    const fresh = !this.store.session;
    if (fresh) await this.#start(signal);
    try {
      return await this.#postOnce(message, signal);
    } catch (error) {
      if (!error.expired || fresh) throw error;
      this.store.session = null;
      await this.#start(signal);
      return this.#postOnce(message, signal);
    }
  }

  #postOnce({ text, button, session, key }, signal) {
    const { id, token } = this.store.session;
    // A button belongs to the session that offered it: in another one, say what it said.
    const body = button && session === id ? { button } : { text };
    return this.api.send(token, body, key, signal);
  }
}

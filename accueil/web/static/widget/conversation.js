/** What happens between the person, the API and the screen: one thing at a time, in order. */

import { uuid } from "./api.js";
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

  /** `onEdit(text)` receives the text of an unsent message that the person wants to change. */
  constructor({ api, store, view, onEdit }) {
    Object.assign(this, { api, store, view, onEdit });
  }

  /** Find the conversation of this tab again, or start one. */
  begin() {
    return this.#enqueue(async () => {
      try {
        if (!(await this.#restore())) this.view.addReply((await this.#start()).messages);
      } catch (error) {
        this.view.showProblem(error, () => this.begin());
      }
    });
  }

  sendText(text) {
    return this.#deliver({ text, key: uuid(), node: this.view.addUser(text) });
  }

  /** @param {{button: string, title: string}} choice a quick reply of the current session */
  sendChoice({ button, title }) {
    const session = this.store.session?.id;
    return this.#deliver({ text: title, button, session, key: uuid(), node: this.view.addUser(title) });
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
      this.view.clear(WORDS.erased);
    }, false);
    return done;
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
      this.view.clear();
      this.view.showHistory(messages ?? []);
      return true;
    } catch (error) {
      if (!error.expired && error.status !== 404) throw error;
      this.store.session = null;
      return false;
    }
  }

  async #start() {
    const started = await this.api.start();
    this.store.session = { id: started.session_id, token: started.token };
    return started;
  }

  #deliver(message) {
    return this.#enqueue(async () => {
      try {
        const reply = await this.#post(message);
        this.view.sent(message.node);
        this.view.addReply(reply?.messages);
      } catch (error) {
        this.view.fail(message.node, error, this.#waysOut(message));
      }
    });
  }

  #waysOut(message) {
    const onResend = () => this.#deliver(message);
    const onEdit = () => {
      message.node.remove();
      this.onEdit(message.text);
    };
    return { onResend, onEdit: message.button ? null : onEdit };
  }

  /** Post a message; when the session is over, start another silently and post it again. */
  async #post(message) {
    const fresh = !this.store.session;
    if (fresh) await this.#start();
    try {
      return await this.#postOnce(message);
    } catch (error) {
      if (!error.expired || fresh) throw error;
      this.store.session = null;
      await this.#start();
      return this.#postOnce(message);
    }
  }

  #postOnce({ text, button, session, key }) {
    const { id, token } = this.store.session;
    // A button belongs to the session that offered it: in another one, say what it said.
    const body = button && session === id ? { button } : { text };
    return this.api.send(token, body, key);
  }
}

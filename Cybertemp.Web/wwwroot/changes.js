/** Stands for every message. */
export const all = '*';

/**
 * What this tab did to messages. A look that began before the server's answer to it may show them as they were: while
 * such looks go on, what was done counts for more.
 */
export class Changes {
  #byId = new Map();
  #running = new Set();
  #begun = 0;

  /** Looks, and has `use` take what it found, with the way to see each message as it is here: null for one that is gone. */
  async look(find, use) {
    const look = ++this.#begun;
    this.#running.add(look);
    try {
      return use(await find(), message => this.#asHere(message, look));
    } finally {
      this.#running.delete(look);
      this.#forget();
    }
  }

  /** To one message or `all`: counts from now until the looks that began before the end of `call` have ended; not when that fails. */
  async make(id, change, call) {
    const made = { ...change, until: Infinity };
    this.#byId.set(id, made);
    try {
      await call();
      made.until = this.#begun;
    } catch (problem) {
      made.until = 0;
      throw problem;
    } finally {
      this.#forget();
    }
  }

  /** Done elsewhere, and answered. */
  heard(id, change) {
    this.#byId.set(id, { ...change, until: this.#begun });
    this.#forget();
  }

  #asHere(message, look) {
    const { gone, read } = this.#during(look, message.id) ?? this.#during(look, all) ?? {};
    return gone ? null : { ...message, read: read ?? message.read };
  }

  #during(look, id) {
    const made = this.#byId.get(id);
    return made && look <= made.until ? made : null;
  }

  #forget() {
    const oldest = Math.min(...this.#running);
    for (const [id, made] of this.#byId) if (made.until < oldest) this.#byId.delete(id);
  }
}

import { call, json } from './api.js';

const page = 100;
const maxCatchUp = 10;

const time = message => message.receivedAt.replace('Z', '');

/** As the server sorts: an inbox by time, the newest first, within one instant by id; all mail by id alone. */
const byTime = (a, b) => (time(a) !== time(b) ? (time(a) > time(b) ? -1 : 1) : -byId(a, b));
const byId = (a, b) => (a.id > b.id ? -1 : a.id < b.id ? 1 : 0);

/**
 * The summaries of one source that this tab knows, newest first. Says "change" when they are others, and "arrive" with
 * each message that is new since it was opened.
 */
export class Mailbox extends EventTarget {
  messages = [];
  hasMore = true;
  isLoaded = false;
  #ids = new Map();
  #loading = null;
  #order;

  constructor(source) {
    super();
    this.source = source;
    this.#order = source.isById ? byId : byTime;
  }

  get unread() {
    return this.messages.reduce((sum, m) => sum + (m.read ? 0 : 1), 0);
  }

  find(id) {
    return this.#ids.get(id);
  }

  indexOf(id) {
    return this.messages.findIndex(m => m.id === id);
  }

  /** The first time all there is; later what is new, and what is gone of the newest. */
  async sync(signal) {
    let before = null;
    for (let turn = 0; turn < maxCatchUp; turn++) {
      const found = await this.#fetch(before, signal);
      const isFirst = !this.isLoaded;
      const isKnown = found.some(m => this.#ids.has(m.id));
      this.#drop(found, before, found.length < page);
      const added = found.filter(m => this.#put(m));
      if (isFirst || found.length < page) this.hasMore = found.length === page;
      this.isLoaded = true;
      if (!isFirst) added.forEach(m => this.#say('arrive', m));
      if (isFirst || isKnown || found.length < page) break;
      before = found.at(-1).id;
    }
    this.#say('change');
  }

  /** Older ones, once at a time; nothing when all are here. */
  loadOlder() {
    if (!this.hasMore || !this.messages.length) return Promise.resolve();
    this.#loading ??= this.#older().finally(() => { this.#loading = null; });
    return this.#loading;
  }

  /** Told of it twice, or after a look that found it, it stays as it is known: perhaps it was read. */
  add(message) {
    if (this.#ids.has(message.id)) return;
    this.#put(message);
    this.#say('change');
    this.#say('arrive', message);
  }

  /** Deletes it on the server; an error leaves it where it is. */
  async delete(id) {
    await call(`/v1/messages/${id}`, { method: 'DELETE', whose: this.source.whose }).catch(unless404);
    this.remove(id);
  }

  async deleteAll(address) {
    await call(`/v1/inboxes/${encodeURIComponent(address)}/messages`, { method: 'DELETE', whose: this.source.whose });
    this.clear();
  }

  async mark(id, read) {
    this.setRead(id, read);
    await call(`/v1/messages/${id}`, { method: 'PATCH', body: { read }, whose: this.source.whose }).catch(unless404);
  }

  setRead(id, read) {
    const message = this.#ids.get(id);
    if (message && message.read !== read) {
      message.read = read;
      this.#say('change');
    }
  }

  remove(id) {
    if (!this.#ids.delete(id)) return;
    this.messages = this.messages.filter(m => m.id !== id);
    this.#say('change');
  }

  clear() {
    this.#ids.clear();
    this.messages = [];
    this.hasMore = false;
    this.#say('change');
  }

  async #fetch(before, signal) {
    const query = `limit=${page}${before ? `&before=${before}` : ''}`;
    return (await json(this.source.list(query), { whose: this.source.whose, signal })).messages;
  }

  async #older() {
    const found = await this.#fetch(this.messages.at(-1).id);
    this.hasMore = found.length === page;
    found.forEach(m => this.#put(m));
    this.#say('change');
  }

  /** What the newest page no longer has although it spans its time was deleted elsewhere. */
  #drop(found, before, isAll) {
    if (before) return;
    const ids = new Set(found.map(m => m.id));
    const last = found.at(-1);
    const isGone = m => !ids.has(m.id) && (isAll || (last && this.#order(m, last) < 0));
    const gone = this.messages.filter(isGone);
    if (gone.length) this.messages = this.messages.filter(m => !gone.includes(m));
    gone.forEach(m => this.#ids.delete(m.id));
  }

  #put(message) {
    const known = this.#ids.get(message.id);
    if (known) {
      Object.assign(known, message);
      return false;
    }
    this.#ids.set(message.id, message);
    let [low, high] = [0, this.messages.length];
    if (high && this.#order(this.messages[high - 1], message) < 0) low = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#order(this.messages[middle], message) < 0) low = middle + 1;
      else high = middle;
    }
    this.messages.splice(low, 0, message);
    return true;
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function unless404(problem) {
  if (problem.status !== 404) throw problem;
}

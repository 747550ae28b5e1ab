import { call, json } from './api.js';
import { all, Changes } from './changes.js';

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
  #changes = new Changes();
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
      before = await this.#look(before, signal, (found, asHere) => this.#take(found, before, asHere));
      if (!before) break;
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
    await this.#changes.make(id, { gone: true }, () => this.#call(id, 'DELETE'));
    this.#remove(id);
  }

  async deleteAll(address) {
    const path = `/v1/inboxes/${encodeURIComponent(address)}/messages`;
    await this.#changes.make(all, { gone: true }, () => call(path, { method: 'DELETE', whose: this.source.whose }));
    this.#clear();
  }

  async mark(id, read) {
    this.#setRead(id, read);
    await this.#changes.make(id, { read }, () => this.#call(id, 'PATCH', { read }));
  }

  /** What another tab did: to one message, or to all. */
  heard({ id = all, read, gone }) {
    this.#changes.heard(id, { read, gone });
    if (id === all) this.#clear();
    else if (gone) this.#remove(id);
    else this.#setRead(id, read);
  }

  #setRead(id, read) {
    const message = this.#ids.get(id);
    if (message && message.read !== read) {
      message.read = read;
      this.#say('change');
    }
  }

  #remove(id) {
    if (!this.#ids.delete(id)) return;
    this.messages = this.messages.filter(m => m.id !== id);
    this.#say('change');
  }

  #clear() {
    this.#ids.clear();
    this.messages = [];
    this.hasMore = false;
    this.#say('change');
  }

  #look(before, signal, use) {
    const query = `limit=${page}${before ? `&before=${before}` : ''}`;
    return this.#changes.look(async () => (await json(this.source.list(query), { whose: this.source.whose, signal })).messages, use);
  }

  /** The id before which to look further; null when nothing is missing any more. */
  #take(found, before, asHere) {
    const isFirst = !this.isLoaded;
    const isEnough = isFirst || found.length < page || found.some(m => this.#ids.has(m.id));
    this.#drop(found, before, found.length < page);
    const added = this.#putAll(found, asHere);
    if (isFirst || found.length < page) this.hasMore = found.length === page;
    this.isLoaded = true;
    if (!isFirst) added.forEach(m => this.#say('arrive', m));
    return isEnough ? null : found.at(-1).id;
  }

  async #older() {
    await this.#look(this.messages.at(-1).id, null, (found, asHere) => {
      this.hasMore = found.length === page;
      this.#putAll(found, asHere);
    });
    this.#say('change');
  }

  #call(id, method, body) {
    return call(`/v1/messages/${id}`, { method, body, whose: this.source.whose }).catch(unless404);
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

  /** Those that were not known. */
  #putAll(found, asHere) {
    return found.map(asHere).filter(m => m && this.#put(m));
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

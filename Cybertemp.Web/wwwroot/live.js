import { authorization } from './api.js';

const first = 1000, longest = 30_000;

/** The server says something at least every 15 s. */
const silence = 40_000;
const pollEvery = 5000;

/**
 * Server-sent events of one source, read by fetch, since EventSource can neither send credentials nor wait longer each
 * time. Connects again with growing, scattered waits, so that a thousand tabs do not come back in one moment.
 * States: "connecting", "live", "waiting" (with the milliseconds), "polling" (no events here, or too many who wait: it looks every 5 s).
 */
export class Live {
  #path;
  #whose;
  #handlers;
  #stop = null;
  #failures = 0;
  #wake = null;
  #drop = null;
  #leastWait = 0;

  constructor(source, handlers) {
    this.#path = source.events;
    this.#whose = source.whose;
    this.#handlers = handlers;
  }

  start() {
    if (!this.#stop && this.#path) {
      this.#stop = new AbortController();
      this.#run(this.#stop.signal);
    }
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
    this.#wake?.();
  }

  /** Connects now instead of at the end of the wait. */
  retry() {
    this.#failures = 0;
    this.#wake?.();
  }

  /** The network is gone: what hangs will not come back. */
  drop() {
    this.#drop?.();
  }

  async #run(signal) {
    while (!signal.aborted) {
      this.#handlers.state('connecting');
      this.#leastWait = 0;
      const isMissing = await this.#read(signal).catch(() => false);
      if (signal.aborted) return;
      const wait = isMissing ? Math.max(pollEvery, this.#leastWait) : Math.min(longest, first * 2 ** this.#failures++) * (0.5 + Math.random());
      this.#handlers.state(isMissing ? 'polling' : 'waiting', wait);
      await this.#sleep(wait);
      if (!signal.aborted && isMissing) await this.#handlers.sync().catch(() => {});
    }
  }

  /** Until the stream ends; true when the server has no events to give. */
  async #read(signal) {
    const request = new AbortController();
    const abort = () => request.abort();
    this.#drop = abort;
    signal.addEventListener('abort', abort);
    let watch = setTimeout(abort, silence);
    try {
      const headers = { accept: 'text/event-stream', ...authorization(this.#whose) };
      const response = await fetch(this.#path, { headers, signal: request.signal, cache: 'no-store' });
      this.#leastWait = 1000 * (Number(response.headers.get('retry-after')) || 0);
      if ([404, 405, 429, 501].includes(response.status)) return true;
      if (!response.ok || !response.body) return false;
      // What came between the last look and this stream.
      await this.#handlers.sync();
      this.#failures = 0;
      this.#handlers.state('live');
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ''; ;) {
        const { done, value } = await reader.read();
        if (done) return false;
        clearTimeout(watch);
        watch = setTimeout(abort, silence);
        rest = this.#take(rest + value);
      }
    } finally {
      clearTimeout(watch);
      signal.removeEventListener('abort', abort);
      request.abort();
    }
  }

  /** Hands on whole events; what is left of the text. */
  #take(text) {
    const events = text.replaceAll('\r\n', '\n').split('\n\n');
    const rest = events.pop();
    for (const event of events) {
      const fields = Object.fromEntries(event.split('\n').filter(l => l && !l.startsWith(':')).map(l => {
        const at = l.indexOf(':');
        return at < 0 ? [l, ''] : [l.slice(0, at), l.slice(at + 1).replace(/^ /, '')];
      }));
      if (fields.data && (fields.event ?? 'message') === 'message') this.#handlers.message(JSON.parse(fields.data));
    }
    return rest;
  }

  #sleep(time) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, time);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}

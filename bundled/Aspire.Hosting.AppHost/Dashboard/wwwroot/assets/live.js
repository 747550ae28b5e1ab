// The connection to the AppHost: requests, and the stream that says which stores have grown.

const status = () => document.getElementById('live');
const listeners = new Set();
let source;
let versions = {};

export async function get(path) {
  return (await request(path)).json();
}

export async function post(path) {
  return request(path, { method: 'POST' });
}

async function request(path, options) {
  const response = await fetch(path, options);
  if (response.status === 401) {
    location.href = `/login?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
    return new Promise(() => {});
  }
  if (!response.ok) throw new Error((await response.text()) || `${response.status} ${response.statusText}`);
  return response;
}

/**
 * Runs an asynchronous action now and whenever one of the stores changes: never twice at a time, at most once in a pace
 * of milliseconds. What comes meanwhile is one more run. Returns a handle with now() and stop().
 */
export function follow(stores, pace, action) {
  let [running, again, stopped, timer] = [false, false, false, 0];
  async function run() {
    if (stopped) return;
    if (running || timer) { again = true; return; }
    [running, again] = [true, false];
    try { await action(); } catch (error) { if (!stopped && source?.readyState === EventSource.OPEN) console.warn(error.message); }
    running = false;
    timer = setTimeout(() => { timer = 0; if (again) run(); }, pace);
  }
  const listener = changed => { if (stores.some(store => changed.has(store))) run(); };
  listeners.add(listener);
  run();
  return {
    now: () => { clearTimeout(timer); timer = 0; run(); },
    stop: () => { stopped = true; clearTimeout(timer); listeners.delete(listener); },
  };
}

function connect() {
  source?.close();
  source = new EventSource('/api/live');
  source.onmessage = event => {
    const next = JSON.parse(event.data);
    const changed = new Set(Object.keys(next).filter(store => next[store] !== versions[store]));
    versions = next;
    listeners.forEach(listener => listener(changed));
  };
  source.onopen = () => show('live', false);
  source.onerror = () => { show('AppHost not reachable', true); if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000); };
}

function show(text, isOff) {
  status().textContent = text;
  status().classList.toggle('off', isOff);
}

// A browser grants six connections to a host: a tab in the background gives its own back.
export function start() {
  connect();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) connect();
    else { source?.close(); show('paused', false); }
  });
  addEventListener('pagehide', () => source?.close());
}

import { button, byId, el, toast } from './dom.js';
import { sender } from './format.js';
import { notifies, setNotifies, token } from './store.js';

const words = { connecting: 'Connecting', live: 'Live', waiting: 'Offline', polling: 'Live' };
let countdown = null;

/** The connection's state, a bell, help and the operator's door. */
export function drawTools({ help, signIn, all }) {
  const bell = button('bell', 'Notify me of new mail', () => toggle(bell), { 'aria-pressed': notifies() });
  byId('tools').replaceChildren(
    el('span', { class: 'live', id: 'live', 'data-state': 'connecting' }, el('span', { class: 'dot', 'aria-hidden': 'true' }), el('span', { class: 'live-text' }, words.connecting)),
    'Notification' in window ? bell : '',
    button('key', 'Sign in', () => (token('*') ? all() : signIn())),
    button('help', 'Keys', help));
}

/** What the reader must know: nothing while all is well. */
export function drawStatus(state, wait, retry) {
  const [live, strip] = [byId('live'), byId('strip')];
  clearInterval(countdown);
  if (state === 'connecting' && live.dataset.state === 'waiting') return;
  live.dataset.state = state;
  live.lastChild.textContent = words[state];
  strip.hidden = state !== 'waiting';
  if (state !== 'waiting') return;
  const end = Date.now() + wait;
  const left = el('span', { 'aria-hidden': 'true' });
  const tick = () => { left.textContent = ` Trying again in ${Math.max(0, Math.ceil((end - Date.now()) / 1000))} s.`; };
  tick();
  countdown = setInterval(tick, 1000);
  strip.replaceChildren(el('span', null, navigator.onLine ? 'The connection to the server is lost.' : 'You are offline.', left),
    button(null, 'Try now', retry, { text: 'Try now', kind: 'link' }));
}

async function toggle(bell) {
  const isWanted = !notifies();
  const isAllowed = !isWanted || (await Notification.requestPermission()) === 'granted';
  setNotifies(isWanted && isAllowed);
  bell.setAttribute('aria-pressed', notifies());
  toast(!isWanted ? 'No notifications' : isAllowed ? 'New mail is notified while this page is open' : 'The browser does not allow notifications here');
}

/** Outside the page, while nobody looks at it and if that was asked for. */
export function notify(message, open) {
  if (document.visibilityState === 'visible' || !notifies() || Notification.permission !== 'granted') return;
  const note = new Notification(sender(message.from), { body: message.code ? `${message.code} · ${message.subject}` : message.subject, tag: message.id });
  note.onclick = () => { window.focus(); note.close(); open(); };
}

import { allSource, inboxSource, randomAddress } from './api.js';
import { copyAddress, drawBar, openRandom, showChange, showSignIn } from './address.js';
import { button, byId, dialog, el, toast } from './dom.js';
import { sender } from './format.js';
import { showHelp } from './help.js';
import { MessageList } from './list.js';
import { Live } from './live.js';
import { Mailbox } from './mailbox.js';
import { MessageView } from './message.js';
import { drawRefused, refusedHref } from './refused.js';
import { drawState } from './states.js';
import { drawStatus, drawTools, notify } from './status.js';
import { recent, remember, setToken, token, usesKeys } from './store.js';

/** What is shown: an inbox (its address) or all mail (its search), and the message that is open. */
let route = {};
let mailbox = null;
let live = null;
let failure = null;
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('cybertemp') : null;
const list = new MessageList(byId('list'), id => go(mailbox.source.href(id)));
const view = new MessageView(byId('message'), {
  back: () => go(mailbox.source.href()),
  unread: id => { mark(mailbox, id, false); go(mailbox.source.href()); },
  delete: deleteMessage,
});

function parse({ pathname, search }) {
  const [kind, ...rest] = pathname.split('/').filter(Boolean).map(decode);
  if (kind === 'refused') return { kind, search: new URLSearchParams(search).get('q') ?? '' };
  if (kind === 'all') return { kind, id: rest[0], search: new URLSearchParams(search).get('q') ?? '' };
  return { kind: 'inbox', address: kind === 'inbox' ? rest[0]?.trim().toLowerCase() : null, id: kind === 'inbox' ? rest[1] : null };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A new place: with a history entry, so that "back" works as everywhere. */
function go(href, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  draw();
}

const openAddress = address => go(inboxSource(address).href());

function draw() {
  const next = parse(location);
  if (next.kind === 'inbox' && !next.address) {
    const [last] = recent();
    if (last) go(inboxSource(last).href(), { replace: true });
    else first();
    return;
  }
  const isOther = next.kind !== route.kind || next.address !== route.address || next.search !== route.search || !mailbox;
  const wasOpen = route.id;
  route = next;
  if (next.kind === 'refused') {
    showRefused();
    return;
  }
  if (isOther) openMailbox();
  list.shown = route.id ?? null;
  if (route.id) openMessage(route.id);
  else closeMessage(wasOpen && !isOther);
  show();
}

function showRefused() {
  live?.stop();
  [mailbox, live, failure] = [null, null, null];
  view.clear();
  byId('address').replaceChildren(el('p', { class: 'address-title' }, 'Refused mail'));
  drawRefused(route.search, { go, fail });
  show();
}

/** Nobody was here before: an address at once, without a question. */
async function first() {
  try {
    go(inboxSource(await randomAddress()).href(), { replace: true });
  } catch (problem) {
    fail(problem);
  }
}

function openMailbox() {
  live?.stop();
  failure = null;
  const isAll = route.kind === 'all';
  const opened = new Mailbox(isAll ? allSource(route.search) : inboxSource(route.address));
  mailbox = opened;
  opened.addEventListener('change', () => mailbox === opened && (list.refresh(), show()));
  opened.addEventListener('arrive', e => arrived(e.detail));
  list.show(opened);
  if (isAll) byId('address').replaceChildren(el('p', { class: 'address-title' }, 'All mail'));
  else drawBar(byId('address'), route.address, openAddress);
  if (!isAll) remember(route.address);
  live = new Live(opened.source, {
    state: (state, wait) => mailbox === opened && drawStatus(state, wait, () => live.retry()),
    message: message => opened.add(message),
    sync: () => opened.sync(),
  });
  load(opened);
}

async function load(opened) {
  try {
    await opened.sync();
    failure = null;
    if (mailbox !== opened) return;
    live.start();
  } catch (problem) {
    if (mailbox === opened) fail(problem);
  }
  if (mailbox === opened) show();
}

function fail(problem) {
  failure = problem;
  if (problem.status === 401) setToken(token(mailbox?.source.whose) ? mailbox.source.whose : '*', null);
  show();
}

async function openMessage(id) {
  const opened = mailbox;
  const shown = view.show(id, opened.source.whose);
  if (matchMedia('(max-width: 52rem)').matches) byId('message').scrollIntoView();
  const message = await shown;
  if (route.id !== id || !message) return;
  byId('message').querySelector('h1')?.focus({ preventScroll: true });
  if (!message.read) mark(opened, id, true);
}

async function mark(opened, id, read) {
  if (await attempt(opened.mark(id, read))) tell({ id, read });
}

function closeMessage(focusesList) {
  view.clear();
  if (focusesList) list.focus();
}

async function deleteMessage(id) {
  const next = mailbox.messages[mailbox.indexOf(id) + 1] ?? null;
  if (!(await attempt(mailbox.delete(id)))) return;
  tell({ id, gone: true });
  toast('Deleted');
  const isWide = !matchMedia('(max-width: 52rem)').matches;
  if (route.id === id) go(mailbox.source.href(isWide ? next?.id : null), { replace: true });
}

function emptyInbox() {
  const { address } = route;
  const box = dialog('Delete all mail of this inbox?', el('p', null, `Everything in ${address} goes, for everybody who reads it.`),
    el('div', { class: 'sheet-actions' }, button(null, 'Delete all', async () => {
      box.close();
      if (!(await attempt(mailbox.deleteAll(address)))) return;
      tell({ address, gone: true });
      go(mailbox.source.href(), { replace: true });
    }, { text: 'Delete all', kind: 'danger' })));
}

/** True when it worked; otherwise says why not. */
async function attempt(work) {
  try {
    await work;
    return true;
  } catch (problem) {
    toast(problem.message);
    return false;
  }
}

const tell = what => tabs?.postMessage(what);

function heard(change) {
  if (change.id || change.address === route.address) mailbox?.heard(change);
}

function arrived(message) {
  notify(message, () => go(mailbox.source.href(message.id)));
  byId('toasts').replaceChildren(el('p', { class: 'unseen' }, `New mail from ${sender(message.from)}`));
}

function show() {
  drawState(route, mailbox, failure, {
    openAddress,
    signIn,
    newAddress: () => openRandom(openAddress),
    again: () => (mailbox ? load(mailbox) : draw()),
    choose: () => showChange('', openAddress),
    search: go,
    refused: () => go(refusedHref()),
    signOut: () => { setToken('*', null); mailbox = null; go('/'); },
    empty: emptyInbox,
  });
}

const signIn = () => showSignIn(route.address ?? '', { openAddress: a => { mailbox = null; openAddress(a); }, openAll: () => { mailbox = null; go('/all'); } });

function press(event) {
  const isTyping = event.target.closest?.('input, select, textarea, [contenteditable], dialog');
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    c: () => route.address && copyAddress(route.address),
    '?': showHelp,
    Escape: () => route.id && go(mailbox.source.href()),
  };
  if (actions[event.key] && (usesKeys() || event.key.length > 1)) {
    event.preventDefault();
    actions[event.key]();
  }
}

/** In the list the focus moves; while a message is open, the next one opens. */
function step(by) {
  const id = list.move(by);
  if (id && route.id && id !== route.id) go(mailbox.source.href(id), { replace: true });
}

/** The local stack opens the page signed in: the key is in the part of the address that no server sees. */
function takeKey() {
  const key = /^#key=(.+)$/.exec(location.hash)?.[1];
  if (!key) return;
  setToken('*', decode(key));
  history.replaceState(null, '', location.pathname + location.search);
}

takeKey();
drawTools({ help: showHelp, signIn, all: () => token('*') && go('/all') });
addEventListener('popstate', draw);
addEventListener('keydown', press);
addEventListener('online', () => live?.retry());
addEventListener('offline', () => live?.drop());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && live?.retry());
document.addEventListener('click', event => {
  const link = event.target.closest('a.brand');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); go('/'); }
});
if (tabs) tabs.onmessage = event => heard(event.data);
draw();

import { allSource } from './api.js';
import { drawHero } from './address.js';
import { button, byId, el } from './dom.js';

const nameOf = route => `${route.kind} ${route.address ?? route.search}`;

/**
 * Draws what the page as a whole is about: "failed", "message" (one is open), "wait" (an inbox without mail) or "list".
 * What is there already stays, so that neither focus nor selection is lost.
 */
export function drawState(route, mailbox, failure, actions) {
  const isLoaded = Boolean(mailbox?.isLoaded);
  const isEmpty = route.kind === 'inbox' && !mailbox?.messages.length;
  const view = failure ? 'failed' : route.kind === 'refused' ? 'refused' : route.id ? 'message' : !isLoaded || isEmpty ? 'wait' : 'list';
  const panes = byId('panes');
  if (panes.dataset.view !== view) panes.dataset.view = view;
  panes.classList.toggle('loading', !isLoaded && !failure && view !== 'refused');
  if (view === 'failed') drawFailure(route, failure, actions);
  else if (view === 'wait' && route.address && byId('hero').dataset.of !== nameOf(route)) {
    byId('hero').dataset.of = nameOf(route);
    drawHero(byId('hero'), route.address, actions.openAddress);
  }
  if (mailbox) drawListHead(byId('list-head'), route, mailbox, actions);
  const unread = mailbox?.unread ?? 0;
  document.title = `${unread ? `(${unread}) ` : ''}${route.address ?? (route.kind === 'refused' ? 'Refused mail' : 'All mail')} · Cybertemp`;
}

/** What can be wrong with a whole page: its heading, what to know, and what to do. */
function explain({ status, message }, isAll, { signIn, newAddress, again }) {
  if (status === 401 || status === 403) {
    return isAll
      ? ['Sign in to see this', 'All mail, and what was refused, is shown to operators.', ['key', 'Sign in', signIn]]
      : ['You are signed out', 'The time of the session is over.', ['key', 'Sign in', signIn]];
  }
  if (status === 400) return ['This is no address', 'An address looks like name@example.com.', ['new', 'New address', newAddress]];
  return ['The inbox cannot be read now', `${message}.`, ['new', 'Try again', again]];
}

function drawFailure(route, failure, actions) {
  const [title, text, [drawing, does, action]] = explain(failure, route.kind !== 'inbox', actions);
  byId('hero').dataset.of = '';
  byId('hero').replaceChildren(el('h1', { tabindex: '-1' }, title), el('p', null, text), el('div', { class: 'hero-actions' },
    button(drawing, does, action, { text: does, kind: 'primary big' }),
    button('edit', 'Choose an address', actions.choose, { text: 'Choose an address', kind: 'plain big' })));
}

function drawListHead(head, route, mailbox, { search, refused, signOut, empty }) {
  const { length } = mailbox?.messages ?? [];
  const unread = mailbox?.unread ?? 0;
  const count = route.search && !length ? 'Nothing found'
    : `${length}${mailbox?.hasMore ? '+' : ''} ${length === 1 ? 'message' : 'messages'}${unread ? `, ${unread} unread` : ''}`;
  if (head.dataset.of !== nameOf(route)) {
    head.dataset.of = nameOf(route);
    head.replaceChildren(...(route.kind === 'all'
      ? [searchForm(route.search, search), el('h1', { class: 'count' }), button(null, 'Refused', refused, { text: 'Refused', kind: 'link' }), button(null, 'Sign out', signOut, { text: 'Sign out', kind: 'link' })]
      : [el('h1', { class: 'count' }), button('delete', 'Delete all mail of this inbox', empty)]));
  }
  head.querySelector('.count').textContent = count;
}

function searchForm(value, search) {
  const field = el('input', { type: 'search', name: 'q', value, placeholder: 'from: to: subject: has: before:', 'aria-label': 'Search all mail' });
  return el('form', { class: 'search', role: 'search', on: { submit: e => { e.preventDefault(); search(allSource(field.value.trim()).href()); } } }, field);
}

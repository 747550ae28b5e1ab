import { authorization, call, json } from './api.js';
import { button, copy, el, icon, toast } from './dom.js';
import { expiry, host, linkify, moment, sender, size } from './format.js';

const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
const maxSource = 512 * 1024;
const remote = /(?:<(?:img|image|input)\b[^>]{0,2000}?\bsrc|\bbackground)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?\s*(?:https?:)?\/\//i;

/** One message: what it says about itself, what to do with it, and its content in four views. */
export class MessageView {
  #box;
  #actions;
  #wanted = null;

  constructor(box, actions) {
    this.#box = box;
    this.#actions = actions;
  }

  async show(id, whose) {
    this.#wanted?.abort();
    const { signal } = (this.#wanted = new AbortController());
    this.#box.setAttribute('aria-busy', 'true');
    try {
      const message = await json(`/v1/messages/${encodeURIComponent(id)}`, { whose, signal });
      if (!signal.aborted) this.#draw(message, whose);
      return message;
    } catch (problem) {
      if (!signal.aborted) this.#drawProblem(problem, () => this.show(id, whose));
      return null;
    } finally {
      if (!signal.aborted) this.#box.removeAttribute('aria-busy');
    }
  }

  clear() {
    this.#wanted?.abort();
    this.#box.removeAttribute('aria-busy');
    this.#box.replaceChildren(el('div', { class: 'nothing' }, el('p', null, 'Choose a message to read it here.'),
      el('p', { class: 'hint' }, el('kbd', null, 'j'), ' ', el('kbd', null, 'k'), ' to move, ', el('kbd', null, 'Enter'), ' to open')));
  }

  #drawProblem(problem, again) {
    const isGone = problem.status === 404;
    this.#box.replaceChildren(el('div', { class: 'nothing' },
      button('back', 'Back to the list', this.#actions.back, { kind: 'quiet back' }),
      el('h1', { tabindex: '-1' }, isGone ? 'This message is gone' : 'This message cannot be shown now'),
      el('p', null, isGone ? 'It has expired, was deleted, or is private.' : problem.message),
      !isGone && button(null, 'Try again', again, { text: 'Try again', kind: 'plain' })));
  }

  #draw(message, whose) {
    const path = `/v1/messages/${message.id}`;
    const subject = message.subject || 'No subject';
    const head = el('header', { class: 'message-head' },
      el('div', { class: 'message-title' },
        button('back', 'Back to the list', this.#actions.back, { kind: 'quiet back' }),
        el('h1', { tabindex: '-1', dir: 'auto' }, subject),
        el('div', { class: 'message-actions' },
          button('unread', 'Mark as unread', () => this.#actions.unread(message.id)),
          button('save', 'Save as .eml', () => save(`${path}/raw`, `${message.id}.eml`, whose)),
          button('delete', 'Delete', () => this.#actions.delete(message.id)))),
      el('div', { class: 'message-meta' },
        el('span', { class: 'monogram', 'aria-hidden': 'true' }, [...sender(message.from)][0].toUpperCase()),
        el('div', { class: 'message-people' },
          el('p', null, el('strong', { dir: 'auto' }, sender(message.from)), message.from.name && el('span', { class: 'muted' }, ` ${message.from.address}`)),
          el('p', { class: 'muted' }, 'to ', message.to)),
        el('div', { class: 'message-times' },
          el('p', null, el('time', { datetime: message.receivedAt }, moment(new Date(message.receivedAt)))),
          el('p', { class: 'muted' }, message.expiresAt ? expiry(new Date(message.expiresAt)) : 'Kept'))),
      actionCard(message));
    this.#box.replaceChildren(head, attachments(message, path, whose), views(message, path, whose));
    this.#box.scrollTop = 0;
  }
}

/** What most mail here is for: the code and the link, one click each. */
function actionCard({ code, link }) {
  const target = link && host(link);
  return (code || target) && el('div', { class: 'action-card' },
    code && el('div', { class: 'action' }, el('span', { class: 'label' }, 'Code'), el('output', { class: 'code' }, code),
      button('copy', `Copy code ${code}`, e => copy(code, `code ${code}`, e.currentTarget), { kind: 'primary', text: 'Copy', 'aria-label': `Copy code ${code}` })),
    target && el('div', { class: 'action' }, el('span', { class: 'label' }, 'Link to'), el('span', { class: 'target', title: link }, target),
      el('a', { class: code ? 'button plain' : 'button primary', href: link, target: '_blank', rel: 'noopener noreferrer', title: link },
        icon('out'), el('span', null, 'Open'))));
}

function attachments(message, path, whose) {
  return message.attachments.length > 0 && el('ul', { class: 'attachments', 'aria-label': 'Attachments' }, message.attachments.map(part => {
    const address = `${path}/attachments/${part.index}`;
    return el('li', null, el('a', {
      href: address, download: part.name, title: `Save ${part.name}`, rel: 'noreferrer',
      on: { click: e => authorization(whose).authorization && (e.preventDefault(), save(address, part.name, whose)) },
    }, icon('file'), el('span', { class: 'file-name' }, part.name), el('span', { class: 'muted' }, size(part.sizeBytes))));
  })) || '';
}

function views(message, path, whose) {
  const panel = el('div', { class: 'view', role: 'tabpanel', id: 'view', tabindex: '0' });
  const kinds = [
    message.html && ['HTML', () => htmlView(message, path, whose)],
    ['Text', () => [textView(message.text)]],
    ['Headers', () => [headersView(message)]],
    ['Source', () => [sourceView(path, whose)]],
  ].filter(Boolean);
  const tabs = kinds.map(([name, draw]) => el('button', {
    type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'view', on: { click: () => choose(name, draw) },
  }, name));
  function choose(name, draw) {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', tab.textContent === name);
      tab.tabIndex = tab.textContent === name ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tab-${name}`);
    panel.tabIndex = name === 'HTML' ? -1 : 0;
    panel.dataset.view = name;
    panel.replaceChildren(...draw());
  }
  function turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(document.activeElement);
    if (!step || at < 0) return;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
    event.preventDefault();
  }
  const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views', on: { keydown: turn } }, tabs);
  choose(...kinds[0]);
  return el('div', { class: 'views' }, list, panel);
}

/** The frame runs nothing and fetches nothing; pictures of the web only after a click, for this message. */
function htmlView(message, path, whose) {
  const frame = el('iframe', { class: 'mail', title: 'Content of the message', sandbox, referrerpolicy: 'no-referrer', name: 'mail' });
  const bar = remote.test(message.html.slice(0, maxSource)) && el('p', { class: 'images-bar', role: 'status' },
    el('span', null, 'Pictures from the web are not loaded: the sender would learn that you read this.'),
    button(null, 'Show pictures', () => { bar.remove(); load(frame, `${path}/html?images=1`, whose); frame.focus(); }, { text: 'Show pictures', kind: 'plain' }));
  load(frame, `${path}/html`, whose);
  return [bar, frame].filter(Boolean);
}

/** A frame sends no header: where a credential is needed it goes in a form's body, never in an address. */
function load(frame, address, whose) {
  const { authorization: credential } = authorization(whose);
  if (!credential) {
    frame.src = address;
    return;
  }
  const form = el('form', { method: 'post', action: address, target: frame.name, hidden: true },
    el('input', { type: 'hidden', name: 'token', value: credential.slice('Bearer '.length) }));
  const submit = () => { document.body.append(form); form.submit(); form.remove(); };
  if (frame.isConnected) submit();
  else requestAnimationFrame(submit);
}

function textView(text) {
  return el('pre', { class: 'text', dir: 'auto' }, text ? linkify(text).map(part => (typeof part === 'string'
    ? part
    : el('a', { href: part.link, target: '_blank', rel: 'noopener noreferrer', title: host(part.link) }, part.link))) : el('em', null, 'This message has no text.'));
}

function headersView({ headers, mailFrom, helo, clientIp, tls, parseNote }) {
  const envelope = [['Envelope sender', mailFrom || '<>'], ['Received from', `${helo} [${clientIp}]`],
    ['Transport', tls || 'not encrypted'], ...(parseNote ? [['Note', parseNote]] : [])];
  const rows = list => list.map(([name, value]) => el('div', null, el('dt', null, name), el('dd', null, value)));
  return el('div', { class: 'headers' }, el('h2', null, 'Envelope'), el('dl', null, rows(envelope)),
    el('h2', null, 'Header fields'), el('dl', null, rows(headers.map(h => [h.name, h.value]))));
}

function sourceView(path, whose) {
  const source = el('pre', { class: 'source' }, 'Loading…');
  readSource(path, whose).then(text => { source.textContent = text; }, problem => { source.textContent = problem.message; });
  return source;
}

async function readSource(path, whose) {
  const octets = await (await call(`${path}/raw`, { whose })).arrayBuffer();
  const text = new TextDecoder('utf-8').decode(octets.slice(0, maxSource));
  return octets.byteLength > maxSource ? `${text}\n\n[${size(octets.byteLength)} in all: save it to see the rest]` : text;
}

async function save(address, name, whose) {
  try {
    const url = URL.createObjectURL(await (await call(address, { whose })).blob());
    el('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (problem) {
    toast(problem.message);
  }
}

import { button, copy, el, icon } from './dom.js';
import { age, moment, sender } from './format.js';

const height = 92;
const margin = 6;

/**
 * The rows of a mailbox that are in sight, whatever its length: each stands at its place in a list as high as all.
 * One row can be focused by Tab, the current one; j and k move it.
 */
export class MessageList {
  #box;
  #rows = new Map();
  #list;
  #mailbox = null;
  #open;
  #current = null;
  #shown = null;
  #href;

  constructor(box, open) {
    this.#box = box;
    this.#open = open;
    this.#list = el('ol', { class: 'rows', role: 'list' });
    box.append(this.#list);
    box.addEventListener('scroll', () => this.#draw(), { passive: true });
    new ResizeObserver(() => this.#draw()).observe(box);
    setInterval(() => this.#drawAges(), 20_000);
  }

  /** Shows this mailbox from its beginning. */
  show(mailbox) {
    this.#mailbox = mailbox;
    this.#href = mailbox.source.href;
    this.#current = null;
    this.#clear();
    this.#box.scrollTop = 0;
    this.refresh();
  }

  /** Draws what changed; the rows in sight stay where they are when others come above them. */
  refresh() {
    const top = this.#box.scrollTop;
    const anchor = top > height ? this.#anchor(top) : null;
    this.#list.style.height = `${this.#mailbox.messages.length * height}px`;
    if (anchor) {
      const moved = this.#mailbox.indexOf(anchor.id);
      if (moved >= 0) this.#box.scrollTop = moved * height + anchor.offset;
    }
    this.#draw(true);
  }

  get current() {
    return this.#current;
  }

  /** The message that is open, for the eye and for screen readers. */
  set shown(id) {
    this.#shown = id;
    if (id) this.#current = id;
    this.#draw(true);
  }

  /** Moves the focus by so many rows; from nowhere to the first. */
  move(by) {
    const messages = this.#mailbox.messages;
    if (!messages.length) return null;
    const from = this.#current ? this.#mailbox.indexOf(this.#current) : -1;
    const to = from < 0 ? 0 : Math.min(messages.length - 1, Math.max(0, from + by));
    this.#current = messages[to].id;
    this.focus();
    return this.#current;
  }

  /** Puts the focus on the current row and the row into sight. */
  focus() {
    const index = Math.max(0, this.#current ? this.#mailbox.indexOf(this.#current) : 0);
    if (!this.#mailbox.messages.length) return;
    this.#current = this.#mailbox.messages[index].id;
    const [top, bottom] = [index * height, (index + 1) * height];
    if (top < this.#box.scrollTop) this.#box.scrollTop = top;
    if (bottom > this.#box.scrollTop + this.#box.clientHeight) this.#box.scrollTop = bottom - this.#box.clientHeight;
    this.#draw(true);
    this.#rows.get(this.#current)?.querySelector('a').focus({ preventScroll: true });
  }

  #anchor(top) {
    for (const [id, row] of this.#rows) {
      const offset = top - row.offset;
      if (offset >= 0 && offset < height) return { id, offset };
    }
    return null;
  }

  #clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
  }

  #draw(isChanged = false) {
    const messages = this.#mailbox?.messages ?? [];
    const start = Math.max(0, Math.floor(this.#box.scrollTop / height) - margin);
    const end = Math.min(messages.length, Math.ceil((this.#box.scrollTop + this.#box.clientHeight) / height) + margin);
    const kept = new Set(messages.slice(start, end).map(m => m.id));
    for (const [id, row] of this.#rows) {
      if (!kept.has(id) && !row.contains(document.activeElement)) {
        this.#rows.delete(id);
        row.remove();
      }
    }
    // In the document as to the eye: from the last one up, each before the one below it.
    for (let index = end - 1, below = null; index >= start; index--) {
      const message = messages[index];
      const row = this.#rows.get(message.id) ?? this.#add(message);
      if (!row.isConnected || row.nextSibling !== below) this.#list.insertBefore(row, below);
      if (isChanged || row.index !== index) this.#place(row, message, index);
      below = row;
    }
    if (end > messages.length - 40) this.#mailbox?.loadOlder().catch(() => {});
  }

  #add(message) {
    const to = this.#mailbox.source.showsInbox && el('span', { class: 'row-to' }, ` to ${message.to}`);
    const row = el('li', { class: 'row' },
      el('a', { href: this.#href(message.id), on: { click: e => this.#click(e, message.id) } },
        el('span', { class: 'row-from' }, el('span', { class: 'unseen row-state' }), sender(message.from), to),
        el('time', { class: 'row-age', datetime: message.receivedAt, title: moment(new Date(message.receivedAt)) }),
        el('span', { class: 'row-subject' }, message.subject || 'No subject'),
        el('span', { class: 'row-intro' }, message.attachments > 0 && icon('clip'), message.intro)),
      message.code && codeChip(message.code));
    this.#rows.set(message.id, row);
    return row;
  }

  #place(row, message, index) {
    row.index = index;
    row.offset = index * height;
    row.style.transform = `translateY(${row.offset}px)`;
    row.setAttribute('aria-posinset', index + 1);
    row.setAttribute('aria-setsize', this.#mailbox.hasMore ? -1 : this.#mailbox.messages.length);
    row.classList.toggle('unread', !message.read);
    row.classList.toggle('has-code', Boolean(message.code));
    const link = row.querySelector('a');
    const isCurrent = message.id === this.#current || (!this.#current && index === 0);
    link.tabIndex = isCurrent ? 0 : -1;
    const chip = row.querySelector('button');
    if (chip) chip.tabIndex = isCurrent ? 0 : -1;
    link.toggleAttribute('aria-current', message.id === this.#shown);
    row.querySelector('.row-state').textContent = message.read ? '' : 'Unread. ';
    row.querySelector('time').textContent = age(new Date(message.receivedAt));
  }

  #drawAges() {
    for (const row of this.#rows.values()) {
      const time = row.querySelector('time');
      time.textContent = age(new Date(time.dateTime));
    }
  }

  #click(event, id) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#current = id;
    this.#open(id);
  }
}

export const codeChip = code =>
  button('copy', `Copy code ${code}`, e => copy(code, `code ${code}`, e.currentTarget), { kind: 'chip', text: code, 'aria-label': `Copy code ${code}` });

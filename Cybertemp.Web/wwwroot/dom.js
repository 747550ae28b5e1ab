/** An element: props are attributes, `on` its listeners; children that are null or false are left out. */
export function el(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(c => c !== null && c !== undefined && c !== false));
  return element;
}

/** A drawing of index.html, 20 x 20, for the eye only. */
export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  const use = document.createElementNS(ns, 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A button with a drawing; without `text` its name is what `title` says. */
export function button(name, title, click, { text, kind = 'quiet', ...props } = {}) {
  return el('button', { type: 'button', class: `button ${kind}`, title, 'aria-label': text ? null : title, ...props, on: { click } },
    name && icon(name), text && el('span', null, text));
}

export const byId = id => document.getElementById(id);

/** A modal dialog that is gone when it is closed; Esc closes it and the focus returns. */
export function dialog(title, ...children) {
  const close = button('close', 'Close', () => box.close(), { kind: 'quiet corner' });
  const box = el('dialog', { 'aria-label': title, on: { close: () => box.remove(), click: e => e.target === box && box.close() } },
    el('div', { class: 'sheet' }, el('h2', null, title), close, ...children));
  document.body.append(box);
  box.showModal();
  return box;
}

/** Says something for a few seconds, to screen readers too. */
export function toast(text) {
  const note = el('p', { class: 'toast' }, text);
  byId('toasts').replaceChildren(note);
  setTimeout(() => note.remove(), 4000);
}

/** Puts text on the clipboard, and says so on the button too. */
export async function copy(text, what, from) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copySelected(text)) {
      toast(`Not allowed to copy ${what}`);
      return;
    }
  }
  toast(`Copied ${what}`);
  const use = from?.querySelector('use');
  if (use && use.getAttribute('href') !== '#i-done') {
    const before = use.getAttribute('href');
    use.setAttribute('href', '#i-done');
    from.classList.add('done');
    setTimeout(() => { use.setAttribute('href', before); from.classList.remove('done'); }, 1600);
  }
}

/** Pages that came over plain HTTP have no clipboard; they may copy what is selected. */
function copySelected(text) {
  const area = el('textarea', { class: 'off', readonly: true });
  area.value = text;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  focused?.focus();
  return isCopied;
}

// A long list of rows of one height: only those in sight, and those under a selection, exist.
import { h } from './dom.js';

const Margin = 12;
const MaxSelected = 2000;

export class Rows {
  items = [];
  following = false;
  onrender = () => {};

  /** Rows are made by render(item), once; item.id tells them apart. */
  constructor(height, render, label) {
    [this.height, this.renderRow, this.made] = [height, render, new Map()];
    this.canvas = h('div.canvas');
    this.scroller = h('div.scroll', { tabindex: 0, 'aria-label': label, 'data-focus': 'rows', onscroll: () => this.scrolled() }, this.canvas);
    this.observer = new ResizeObserver(() => this.render());
    this.observer.observe(this.scroller);
  }

  /** Shows other items. A row that is there stays, with the focus and selection in it, unless its item.version differs. */
  set(items) {
    const next = new Map(items.map(item => [item.id, item]));
    this.made.forEach((row, id) => {
      const item = next.get(id);
      if (item && item.version === row.dataset.version) return;
      row.remove();
      this.made.delete(id);
    });
    this.items = items;
    this.schedule();
  }

  /** Makes all rows anew. */
  redraw() {
    this.made.forEach(row => row.remove());
    this.made.clear();
    this.schedule();
  }

  /** Adds rows at the end and drops those at the beginning that are too many; what is in sight stays in place. */
  append(items, limit) {
    this.items.push(...items);
    const dropped = Math.max(0, this.items.length - limit);
    if (dropped) {
      this.items.splice(0, dropped);
      if (!this.following) this.scroller.scrollTop -= dropped * this.height;
    }
    this.schedule();
  }

  toEnd() {
    this.following = true;
    this.schedule();
  }

  reveal(index) {
    const top = index * this.height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) this.scroller.scrollTop = top + this.height - clientHeight;
    this.render();
  }

  stop() {
    this.observer.disconnect();
  }

  scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    if (this.follows) this.following = scrollTop + clientHeight >= scrollHeight - this.height;
    this.schedule();
  }

  schedule() {
    this.pending ??= requestAnimationFrame(() => { this.pending = undefined; this.render(); });
  }

  render() {
    const selected = this.selectedRange();
    this.canvas.style.height = `${this.items.length * this.height}px`;
    if (this.following && !selected) this.scroller.scrollTop = this.items.length * this.height;
    const { scrollTop, clientHeight } = this.scroller;
    let first = Math.max(0, Math.floor(scrollTop / this.height) - Margin);
    let last = Math.min(this.items.length, Math.ceil((scrollTop + clientHeight) / this.height) + Margin);
    if (selected) [first, last] = [Math.max(Math.min(first, selected[0]), first - MaxSelected), Math.min(Math.max(last, selected[1] + 1), last + MaxSelected)];
    this.place(first, last);
    this.onrender();
  }

  // The order in the document is the order in sight, or a copied selection would be shuffled.
  place(first, last) {
    const wanted = new Set(this.items.slice(first, last).map(item => item.id));
    this.made.forEach((row, id) => { if (!wanted.has(id)) { row.remove(); this.made.delete(id); } });
    let next = this.canvas.firstChild;
    for (let i = first; i < last; i++) {
      const item = this.items[i];
      let row = this.made.get(item.id);
      if (!row) {
        row = this.renderRow(item);
        row.style.height = `${this.height}px`;
        if (item.version) row.dataset.version = item.version;
        this.made.set(item.id, row);
      }
      if (row === next) next = next.nextSibling;
      else this.canvas.insertBefore(row, next);
      row.style.transform = `translateY(${i * this.height}px)`;
    }
  }

  selectedRange() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !this.canvas.contains(selection.anchorNode)) return undefined;
    const indexes = [selection.anchorNode, selection.focusNode].map(node => this.indexOf(node)).filter(index => index >= 0);
    return indexes.length ? [Math.min(...indexes), Math.max(...indexes)] : undefined;
  }

  indexOf(node) {
    for (const [id, row] of this.made) {
      if (row.contains(node)) return this.items.findIndex(item => item.id === id);
    }
    return -1;
  }
}

// A console line as elements: colours of ECMA-48 (SGR), links, nothing else of what a terminal would do.
import { h } from './dom.js';

const Sequence = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;
const Link = /https?:\/\/[^\s"'<>)\]]+/g;

export const plain = text => text.replace(Sequence, '');

export function render(text) {
  if (!text.includes('\x1b')) return links(text);
  const nodes = [];
  let [style, from] = [{}, 0];
  for (const match of text.matchAll(Sequence)) {
    push(nodes, text.slice(from, match.index), style);
    from = match.index + match[0].length;
    if (match[2] === 'm') style = apply(style, (match[1] || '0').split(';').map(Number));
  }
  push(nodes, text.slice(from), style);
  return nodes;
}

function push(nodes, text, style) {
  if (!text) return;
  const classes = [style.colour !== undefined && `c${style.colour}`, style.back !== undefined && (style.back === 1 ? 'on1' : 'on'),
    style.bold && 'bold', style.dim && 'dim', style.italic && 'italic', style.under && 'under'].filter(Boolean);
  const content = links(text);
  if (!classes.length && !style.rgb) nodes.push(...content);
  else nodes.push(h(['span', ...classes].join('.'), { style: style.rgb ? { color: style.rgb } : undefined }, content));
}

function apply(style, codes) {
  let next = { ...style };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.under = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.under = false;
    else if (code >= 30 && code <= 37) [next.colour, next.rgb] = [code - 30, undefined];
    else if (code >= 90 && code <= 97) [next.colour, next.rgb] = [code - 82, undefined];
    else if (code === 39) next.colour = next.rgb = undefined;
    else if (code > 40 && code <= 47) next.back = code - 40;
    else if (code >= 100 && code <= 107) next.back = code - 92;
    else if (code === 40 || code === 49) next.back = undefined;
    else if (code === 38 || code === 48) i += extended(next, code, codes.slice(i + 1));
  }
  return next;
}

// 38;5;n and 38;2;r;g;b: how many numbers belong to it.
function extended(style, code, rest) {
  if (rest[0] === 5 && code === 38 && rest[1] < 16) style.colour = rest[1];
  else if (rest[0] === 2 && code === 38) style.rgb = `rgb(${rest.slice(1, 4).map(part => part & 255).join(' ')})`;
  return rest[0] === 2 ? 4 : 2;
}

function links(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(Link)) {
    nodes.push(text.slice(from, match.index), h('a', { href: match[0], target: '_blank', rel: 'noreferrer' }, match[0]));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter(node => node !== '');
}

/** Builds DOM without markup strings: nothing a customer or a gateway sends is ever parsed as HTML. */

/** An element with properties, event listeners ({@code onclick}) and children. */
export function h(tag, properties, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className += ` ${value}`;
    else if (key === 'dataset') Object.assign(element.dataset, value);
    else if (key in element && !key.startsWith('aria')) element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child);
  }
}

export function replace(element, ...children) {
  element.textContent = '';
  append(element, children);
  return element;
}

/** Whoever has not scrolled up stays at the end when pictures, which have no height until then, are loaded. */
export function keepEnd(box) {
  let staying = true;
  let last = 0;
  box.addEventListener('scroll', () => {
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 80) staying = true;
    else if (box.scrollTop < last) staying = false;
    last = box.scrollTop;
  });
  box.addEventListener('load', () => {
    if (staying) box.scrollTop = box.scrollHeight;
  }, true);
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line icon of 24 × 24. */
export function icon(name, className = 'icon') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

const ICONS = {
  back: ['M15 4 7 12l8 8'],
  more: ['M5 12h.01M12 12h.01M19 12h.01'],
  keyboard: ['M3 7h18v10H3z', 'M7 11h.01M11 11h.01M15 11h.01M8 14h8'],
  menu: ['M4 7h16M4 12h16M4 17h16'],
  plus: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 8v8M8 12h8'],
  add: ['M12 5v14M5 12h14'],
  search: ['M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14z', 'm16.5 16.5 4 4'],
  image: ['M4 5h16v14H4z', 'm4 16 5-5 4 4 3-3 4 4', 'M9 9h.01'],
  voice: ['M12 4a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3z', 'M6 11v1a6 6 0 0 0 12 0v-1M12 18v3'],
  video: ['M3 6h12v12H3z', 'm15 10 6-3v10l-6-3z'],
  location: ['M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11z', 'M12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z'],
  link: ['M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1', 'M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1'],
  mini: ['M14.5 9.5V8a3 3 0 1 1 3 3c-3 0-5 1-5 3v2a3 3 0 1 1-3-3c.8 0 1.5.2 2 .5'],
  scan: ['M4 8V5h3M17 5h3v3M20 16v3h-3M7 19H4v-3M4 12h16'],
  play: ['M8 5v14l11-7z'],
  down: ['m6 9 6 6 6-6'],
  close: ['M6 6l12 12M18 6 6 18'],
  wave: ['M6 10a4 4 0 0 1 0 4M10 7.5a8 8 0 0 1 0 9M14 5a12 12 0 0 1 0 14'],
  panel: ['M4 5h16v14H4zM14 5v14'],
  unfollow: ['M10 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M3 21c0-4 3-6.5 7-6.5 1.5 0 2.8.3 4 .9M16 19h6'],
  follow: ['M10 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M3 21c0-4 3-6.5 7-6.5 1.5 0 2.8.3 4 .9M19 16v6M16 19h6'],
  bell: ['M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 20a2 2 0 0 0 4 0'],
  note: ['M9 18V6l10-2v12', 'M6.5 15.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM16.5 13.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z'],
  warn: ['M12 4 2.5 20h19z', 'M12 10v4M12 17h.01'],
};

/** A square portrait: the end of the name on a colour that follows from it. */
export function portrait(name, className = '') {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 100003;
  const letters = [...name];
  const han = /\p{Script=Han}/u.test(name);
  const initials = han ? letters.slice(-2).join('') : letters.slice(0, 2).join('').toUpperCase();
  const element = h('span.portrait', { class: className, 'aria-hidden': 'true' }, initials);
  element.dataset.hue = String(hash % 8);
  return element;
}

/** The account's own portrait. */
export function seal(className = '') {
  return h('img.portrait', { class: className, src: '/page/icon.svg', alt: '' });
}

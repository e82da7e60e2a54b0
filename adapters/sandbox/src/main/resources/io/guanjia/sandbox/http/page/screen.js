/** What is on one of the phones side by side. */

import { h, icon, keepEnd, replace } from './dom.js';
import { clockTime, has, t } from './i18n.js';

/** A screen whose menus call {@code choose} with the option's id. */
export function screen(platform, choose) {
  const element = h('div.screen', { 'aria-live': 'polite' });
  let drawn = [];
  keepEnd(element);
  clear();

  function clear() {
    drawn = [];
    replace(element, h('p.hint', null, t(has(`chat.empty.${platform}`) ? `chat.empty.${platform}` : 'chat.empty')));
  }

  /** Leaves alone what has not changed, and where the reader is unless there is more to read. */
  function show(chat) {
    if (chat.length === 0) {
      if (drawn.length > 0) clear();
      return;
    }
    if (drawn.length === 0) replace(element);
    const before = drawn.length;
    drawn.splice(chat.length).forEach((one) => one.element.remove());
    chat.forEach((line, index) => {
      const key = JSON.stringify(line);
      const old = drawn[index];
      if (old?.key === key) return;
      const made = { key, element: entry(line, choose) };
      if (old) old.element.replaceWith(made.element);
      else element.append(made.element);
      drawn[index] = made;
    });
    if (chat.length > before) toEnd();
  }

  /** Says something of the last deed that is on no real phone, once. */
  function remark(words) {
    if (element.lastChild?.textContent !== words) element.append(h('p.notice.missed', null, words));
    toEnd();
  }

  function toEnd() {
    element.scrollTop = element.scrollHeight;
  }

  return { element, show, clear, remark };
}

function entry(line, choose) {
  if (line.kind === 'event') return h('p.notice.deed', null, deed(line.text));
  const side = line.mine ? 'own' : '';
  return h('div.line', { class: side }, h('div.stack', { class: side },
    h('div.bubble', { class: `${side} ${line.kind === 'card' ? 'card' : ''}` }, body(line, choose)),
    h('span.how', null, [clockTime(line.at), how(line.note)].filter(Boolean).join(' · '))));
}

/** What somebody did: in words already, or by the event's name and perhaps a detail. */
function deed(text) {
  const [event, ...more] = text.split(' ');
  const detail = more.join(' ');
  const key = detail && has(`deed.${event}.scene`) ? `deed.${event}.scene` : `deed.${event}`;
  return has(key) ? t(key, { detail }) : text;
}

function how(note) {
  return note && has(`via.${note}`) ? t(`via.${note}`) : note;
}

function body(line, choose) {
  switch (line.kind) {
    case 'image':
      return line.url ? h('img.picture', { src: line.url, alt: t('image') }) : `[${t('image')}]`;
    case 'menu':
      return h('div.choices', null, line.text, line.options.map((option) =>
        h('button.inline-link', { type: 'button', onclick: () => choose(option.id) }, option.label)));
    case 'card':
      return line.url && /^https?:/.test(line.url)
        ? h('a', { href: line.url, target: '_blank', rel: 'noopener noreferrer' }, line.text || line.url)
        : line.text;
    case 'location':
      return [icon('location', 'icon tiny'), ' ', line.text];
    case 'text':
      return line.text;
    default:
      return [`[${has(line.kind) ? t(line.kind) : line.kind}] `, line.text];
  }
}

/** How each kind of message looks. */

import { h, icon } from './dom.js';
import { mediaAddress } from './api.js';
import { t, has } from './i18n.js';
import { enlarge } from './dialogs.js';

/** The body of a message; null for one that stands in the middle without a speaker. */
export function bubble(content, own, tap) {
  switch (content.type) {
    case 'text': return text(content.content, own, tap);
    case 'image': return image(content);
    case 'voice': return voice(content, own);
    case 'video': return video(content);
    case 'location': return location(content);
    case 'link': return card(content.title, content.description, 'link', content.url);
    case 'miniprogram': return miniProgram(content);
    case 'menu': return menu(content, tap);
    case 'news': return news(content);
    case 'music': return card(content.title, content.description, 'note', content.url);
    case 'template': return template(content);
    case 'reference': return card(content.id, content.kind, 'link');
    default: return null;
  }
}

/** The words in the middle for what nobody said. */
export function notice(content, menuName) {
  if (content.type === 'notice') return content.content;
  const detail = content.event === 'CLICK' ? menuName(content.detail) : content.detail;
  const key = `deed.${content.event}`;
  if (content.event === 'subscribe' && detail) return t('deed.subscribe.scene', { detail });
  return has(key) ? t(key, { detail }) : t('deed.other', { event: content.event });
}

/** One line for the list of chats. */
export function preview(seen, menuName) {
  const content = seen.bubble;
  switch (content.type) {
    case 'text': return content.content;
    case 'menu': return content.head || t('preview.news');
    case 'template': return t('preview.template', { title: content.title });
    case 'notice':
    case 'deed': return notice(content, menuName);
    default: return t(`preview.${content.type}`);
  }
}

const ANCHOR = /<a\s+[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>([\s\S]*?)<\/a>/gi;
const ADDRESS = /https?:\/\/[^\s<>"'，。；、）)]+/g;

/** Text with the two kinds of links the real client knows: addresses and anchors. */
function text(content, own, tap) {
  const parts = [];
  let end = 0;
  for (const match of content.matchAll(ANCHOR)) {
    parts.push(...addresses(content.slice(end, match.index)));
    parts.push(anchor(match[1], match[2], tap));
    end = match.index + match[0].length;
  }
  parts.push(...addresses(content.slice(end)));
  return h(own ? 'div.bubble.own' : 'div.bubble', null, parts);
}

function addresses(words) {
  const parts = [];
  let end = 0;
  for (const match of words.matchAll(ADDRESS)) {
    parts.push(words.slice(end, match.index), anchor(match[0], match[0]));
    end = match.index + match[0].length;
  }
  parts.push(words.slice(end));
  return parts;
}

function anchor(href, words, tap) {
  if (href.startsWith('weixin://bizmsgmenu') && tap) {
    const query = new URLSearchParams(href.split('?')[1]?.replaceAll('&amp;', '&'));
    const choice = {
      id: query.get('msgmenuid') ?? '', content: query.get('msgmenucontent') ?? words,
    };
    return h('button.inline-link', { type: 'button', onclick: () => tap(choice) }, words);
  }
  return /^https?:\/\//i.test(href)
    ? h('a', { href, target: '_blank', rel: 'noreferrer noopener' }, words)
    : words;
}

function image(content) {
  const src = mediaAddress(content.mediaId);
  const picture = h('img', {
    src, alt: t('image'), loading: 'lazy',
    onerror: () => picture.replaceWith(h('span.missing', null, icon('image'), t('preview.image'))),
    onclick: () => enlarge(src),
  });
  return h('div.picture', null, picture);
}

function voice(content, own) {
  const button = h('button.bubble.voice', {
    type: 'button', class: own ? 'own' : '', 'aria-label': t('voice'),
    onclick: () => new Audio(mediaAddress(content.mediaId)).play().catch(() => {}),
  }, own ? ['2″', icon('wave', 'icon mirrored')] : [icon('wave'), '2″']);
  return content.recognition
    ? h('div.stack', { class: own ? 'own' : '' }, button,
      h('div.recognised', null, content.recognition))
    : button;
}

function video(content) {
  return h('div.picture.video', null,
    h('video', { src: mediaAddress(content.mediaId), controls: true, preload: 'metadata' }),
    content.title && h('div.caption', null, content.title));
}

function location(content) {
  return h('div.card.location', null,
    h('div.card-title', null, content.label || t('location')),
    h('div.card-text', null, `${content.latitude.toFixed(4)}, ${content.longitude.toFixed(4)}`),
    h('div.map', null, icon('location', 'pin')));
}

function card(title, description, iconName, url) {
  const parts = [
    h('div.card-title', null, title),
    h('div.card-row', null,
      h('div.card-text', null, description || url || ''),
      h('span.card-thumb', null, icon(iconName))),
  ];
  return url && /^https?:\/\//i.test(url)
    ? h('a.card', { href: url, target: '_blank', rel: 'noreferrer noopener' }, parts)
    : h('div.card', null, parts);
}

function miniProgram(content) {
  const picture = content.thumbMediaId
    ? h('img', {
      src: mediaAddress(content.thumbMediaId), alt: '',
      onerror: (event) => event.target.replaceWith(h('div.mini-cover', null, icon('mini'))),
    })
    : h('div.mini-cover', null, icon('mini'));
  return h('div.card.mini', { title: `${content.appId} ${content.pagePath}` },
    h('div.card-title', null, content.title), picture,
    h('div.card-foot', null, icon('mini'), t('miniprogram')));
}

function menu(content, tap) {
  return h('div.bubble.choices', null,
    content.head && h('div', null, content.head),
    content.choices.map((choice) =>
      h('button.inline-link', { type: 'button', onclick: () => tap?.(choice) }, choice.content)),
    content.tail && h('div', null, content.tail));
}

function news(content) {
  const [first, ...others] = content.articles;
  if (!others.length) {
    return card(first.title, first.description, 'image', first.url);
  }
  return h('div.card.news', null,
    h('div.news-cover', null, icon('image'), h('div.news-title', null, first.title)),
    others.map((article) => h('div.news-row', null,
      h('span', null, article.title), h('span.card-thumb', null, icon('image')))));
}

function template(content) {
  return h('div.card.template', null,
    h('div.template-head', null, icon('bell'), t('service')),
    h('div.template-title', null, content.title),
    h('dl', null, content.lines.map((line) => [h('dt', null, line.label), h('dd', null, line.value)])),
    (content.url || content.miniProgramPage) && h('div.card-foot.link', null, t('detail')));
}

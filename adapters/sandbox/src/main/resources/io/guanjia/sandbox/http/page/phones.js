/** One customer on several platforms: a phone for each account, side by side. */

import { h, replace } from './dom.js';
import { clockTime, has, loadLanguage, switchLanguage, t } from './i18n.js';

const ROOT = '/sandbox/api/phone';

await loadLanguage();
document.title = `${t('phones')} · Guanjia`;

const shelf = h('main.shelf');
const handsets = new Map();

replace(document.getElementById('phones'),
  h('header.phones-bar', null,
    h('h1', null, t('phones')),
    h('span.hint', null, t('phones.hint')),
    h('a.text-button', { href: '/' }, t('phones.wechat')),
    h('button.text-button', { type: 'button', onclick: switchLanguage }, t('language'))),
  shelf);

await refresh();
document.getElementById('phones').removeAttribute('aria-busy');
listen();

async function call(method, path, body) {
  const answer = await fetch(ROOT + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(json.detail ?? `HTTP ${answer.status}`);
  return json;
}

async function refresh() {
  for (const platform of await call('GET', '')) {
    for (const account of platform.accounts) {
      const key = `${platform.name}/${account.name}`;
      if (!handsets.has(key)) {
        const made = handset(platform.name, account);
        handsets.set(key, made);
        shelf.append(made.element);
      }
      await handsets.get(key).update(account);
    }
  }
  if (handsets.size === 0) replace(shelf, h('p.hint', null, t('phones.none')));
}

function listen() {
  const source = new EventSource('/sandbox/api/changes');
  source.addEventListener('changes', (event) => {
    const touched = new Set(JSON.parse(event.data).map((one) => `${one.platform}/${one.account}`));
    for (const [key, phone] of handsets) if (touched.has(key)) phone.draw().catch(() => {});
    if ([...touched].some((key) => !handsets.has(key))) refresh().catch(() => {});
  });
  source.onopen = () => refresh().catch(() => {});
}

function handset(platform, account) {
  const path = `/${platform}/${encodeURIComponent(account.name)}/customers`;
  const people = h('select', { 'aria-label': t('customers'), onchange: () => choose(people.value) });
  const screen = h('div.screen', { 'aria-live': 'polite' });
  const gestures = h('div.gestures');
  const input = h('input', { type: 'text', placeholder: t('say'), maxLength: 2000, 'aria-label': t('say') });
  const send = h('button', { type: 'submit' }, t('send'));
  let current = null;
  let shown = '';

  const element = h('section.handset', { 'aria-label': platformName(platform) },
    h('div.handset-head', null,
      h('span.platform', { dataset: { platform } }, platformName(platform)), h('strong', null, account.title)),
    h('div.who', null, people,
      h('button.text-button', { type: 'button', onclick: meet }, t('newCustomer'))),
    screen,
    h('form.talk', { onsubmit: say }, gestures, h('div.words', null, input, send)));

  async function meet() {
    const name = window.prompt(t('newCustomer.hint'), '李雷');
    if (!name) return;
    const customer = await call('POST', path, { name });
    await update({ customers: (await everybody()) });
    choose(customer.id);
  }

  async function everybody() {
    const all = await call('GET', '');
    return all.find((one) => one.name === platform).accounts.find((one) => one.name === account.name).customers;
  }

  async function update({ customers }) {
    if (customers.length === 0) {
      await call('POST', path, { name: '李雷' });
      customers = await everybody();
    }
    replace(people, customers.map((one) => h('option', { value: one.id, selected: one.id === current }, one.name)));
    if (!customers.some((one) => one.id === current)) current = customers[0].id;
    await draw();
  }

  function choose(id) {
    current = id;
    people.value = id;
    shown = '';
    draw().catch(() => {});
  }

  async function draw() {
    if (current === null) return;
    const customer = await call('GET', `${path}/${encodeURIComponent(current)}`);
    const key = JSON.stringify(customer);
    if (key === shown) return;
    shown = key;
    replace(screen, customer.chat.length === 0
      ? h('p.hint', null, t('chat.empty'))
      : customer.chat.map((line) => entry(line, (id) => act('choose', { id }))));
    screen.scrollTop = screen.scrollHeight;
    replace(gestures, customer.gestures.map((name) =>
      h('button', { type: 'button', onclick: () => act(name, {}) }, has(`gesture.${name}`) ? t(`gesture.${name}`) : name)));
  }

  async function act(gesture, details) {
    send.disabled = true;
    try {
      const answer = await call('POST', `${path}/${encodeURIComponent(current)}/gestures`, { gesture, ...details });
      await draw();
      if (answer.outcome === 'missed') screen.append(h('p.notice.missed', null, t('phones.missed')));
    } catch (problem) {
      screen.append(h('p.notice.missed', null, refusal(problem.message)));
      screen.scrollTop = screen.scrollHeight;
    } finally {
      send.disabled = false;
    }
  }

  async function say(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    await act('text', { text });
    input.focus();
  }

  return { element, update, draw };
}

/** Why the sandbox did not do something, in the reader's language where somebody has put it there. */
function refusal(message) {
  const key = `refusal.${message.replaceAll(' ', '-')}`;
  return has(key) ? t(key) : message;
}

function platformName(platform) {
  return has(`platform.${platform}`) ? t(`platform.${platform}`) : platform;
}

function entry(line, choose) {
  if (line.kind === 'event') return h('p.notice.deed', null, line.text);
  const side = line.mine ? 'own' : '';
  return h('div.line', { class: side }, h('div.stack', { class: side },
    h('div.bubble', { class: `${side} ${line.kind === 'card' ? 'card' : ''}` }, body(line, choose)),
    h('span.how', null, [clockTime(line.at), how(line.note)].filter(Boolean).join(' · '))));
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
      return `📍 ${line.text}`;
    case 'text':
      return line.text;
    default:
      return [`[${has(line.kind) ? t(line.kind) : line.kind}] `, line.text];
  }
}

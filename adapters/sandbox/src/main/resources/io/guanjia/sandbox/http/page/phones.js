/** One customer on several platforms: a phone for each account, side by side. */

import { h, replace } from './dom.js';
import { has, loadLanguage, switchLanguage, t } from './i18n.js';
import { screen as shown } from './screen.js';

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

// What cannot be had now is asked for again once the sandbox is heard.
await refresh().catch(() => {});
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
  const all = (await call('GET', '')).flatMap(({ name, accounts }) =>
    accounts.map((account) => ({ key: `${name}/${account.name}`, platform: name, account })));
  // All stand there before any is filled: one alone is as wide as the page, and its end elsewhere.
  for (const { key, platform, account } of all) {
    if (handsets.has(key)) continue;
    const made = handset(platform, account);
    handsets.set(key, made);
    shelf.append(made.element);
  }
  document.getElementById('phones').removeAttribute('aria-busy');
  // One that cannot be filled now is filled when it changes.
  for (const { key, account } of all) await handsets.get(key).update(account).catch(() => {});
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
  const screen = shown(platform, (option) => act('choose', { id: option }));
  const gestures = h('div.gestures');
  const input = h('input', { type: 'text', placeholder: t('say'), maxLength: 2000, 'aria-label': t('say') });
  let current = null;
  let asked = 0;
  let possible = '';

  const element = h('section.handset', { 'aria-label': platformName(platform) },
    h('div.handset-head', null,
      h('span.platform', { dataset: { platform } }, platformName(platform)), h('strong', null, account.title)),
    h('div.who', null, people,
      h('button.text-button', { type: 'button', onclick: meet }, t('newCustomer'))),
    screen.element,
    h('form.talk', { onsubmit: say }, gestures, h('div.words', null, input, h('button', { type: 'submit' }, t('send')))));

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
    screen.clear();
    draw().catch(() => {});
  }

  async function draw() {
    if (current === null) return;
    asked += 1;
    const mine = asked;
    const customer = await call('GET', `${path}/${encodeURIComponent(current)}`);
    // An older answer may come after a newer one, and must not take its place.
    if (mine !== asked) return;
    offer(customer.gestures);
    screen.show(customer.chat);
  }

  /** A button that were made anew under the finger would lose its click. */
  function offer(names) {
    if (names.join() === possible) return;
    possible = names.join();
    replace(gestures, names.map((name) =>
      h('button', { type: 'button', onclick: () => act(name, {}) }, has(`gesture.${name}`) ? t(`gesture.${name}`) : name)));
  }

  /** Whether the platform let it happen. */
  async function act(gesture, details) {
    if (current === null) return false;
    try {
      const answer = await call('POST', `${path}/${encodeURIComponent(current)}/gestures`, { gesture, ...details });
      await draw();
      if (has(`outcome.${answer.outcome}`)) screen.remark(t(`outcome.${answer.outcome}`));
      return true;
    } catch (problem) {
      screen.remark(refusal(problem.message));
      return false;
    }
  }

  /** One may write on while the gateway has not yet taken what was written before. */
  async function say(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    input.focus();
    if (!(await act('text', { text })) && input.value === '') input.value = text;
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

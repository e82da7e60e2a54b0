/** The list of customers: on a wide screen beside the phone, on a narrow one the phone's chat list. */

import { h, icon, portrait, replace, seal } from './dom.js';
import { api } from './api.js';
import { ask, attempt } from './dialogs.js';
import { preview } from './bubbles.js';
import { chatTime, switchLanguage, t } from './i18n.js';
import * as store from './store.js';
import { menuName } from './menu.js';

const MOST = 200;
let filter = '';

export function customersPane(show) {
  const list = h('ul.customers', { role: 'list' });
  const accounts = h('select.account-select', {
    'aria-label': t('account'), onchange: () => attempt(() => store.selectAccount(accounts.value)),
  });
  const search = h('input.search', {
    type: 'search', placeholder: t('search'), 'aria-label': t('search'),
    oninput: () => {
      filter = search.value.trim();
      draw();
    },
  });
  const pane = h('aside.list', { 'aria-label': t('customers') },
    h('header.list-head', null,
      h('div.brand', null, seal('brand-seal'),
        h('div.brand-words', null, h('h1', null, t('title')), h('p', null, t('subtitle')))),
      h('button.text-button', { type: 'button', onclick: switchLanguage, lang: t('language') === 'English' ? 'en' : 'zh' }, t('language'))),
    h('div.list-tools', null, accounts,
      h('div.search-row', null, search,
        h('button.icon-button.add', {
          type: 'button', title: t('newCustomer'), 'aria-label': t('newCustomer'), onclick: add,
        }, icon('add')))),
    list);

  async function add() {
    const given = await ask(t('newCustomer'), t('newCustomer.hint'), [
      { name: 'name', label: t('newCustomer.name'), value: freeName() },
      { name: 'following', label: t('newCustomer.follows'), type: 'checkbox', value: true },
    ]);
    if (!given) return;
    await attempt(async () => {
      const made = await api.createCustomer(store.state.account, given);
      await store.loadCustomers();
      await store.select(made.openId);
      show('chat');
    });
  }

  function draw() {
    replace(accounts, store.state.accounts.map((one) =>
      h('option', { value: one.name, selected: one.name === store.state.account }, one.name)));
    accounts.hidden = store.state.accounts.length < 2;
    const found = store.state.customers.filter((one) => one.name.includes(filter));
    const shown = [...found].sort(latestFirst).slice(0, MOST);
    replace(list, shown.map((one) => entry(one, show)),
      found.length > MOST && h('li.hint', null, t('more', { n: MOST })),
      found.length === 0 && h('li.hint', null, t('noCustomers')));
  }

  store.on(['customers', 'account'], draw);
  draw();
  return pane;
}

function latestFirst(one, other) {
  return Date.parse(other.last?.at ?? other.since) - Date.parse(one.last?.at ?? one.since);
}

const NAMES = ['林涛', '露西', '吉姆', '魏华', '安妮', '李明', '王芳', '张伟', '刘洋', '陈静'];

function freeName() {
  const taken = new Set(store.state.customers.map((one) => one.name));
  return NAMES.find((name) => !taken.has(name)) ?? `客户${taken.size + 1}`;
}

function entry(one, show) {
  const selected = one.openId === store.state.openId;
  const { read } = store.state;
  if (selected || !read.has(one.openId)) read.set(one.openId, one.chatted);
  const unread = one.last?.via === 'customer' ? 0 : one.chatted - read.get(one.openId);
  return h('li', null, h('button.entry', {
    type: 'button', class: selected ? 'selected' : '', 'aria-current': selected ? 'true' : undefined,
    onclick: () => attempt(async () => {
      await store.select(one.openId);
      show('chat');
    }),
  },
  h('span.entry-face', null, portrait(one.name),
    unread > 0 && h('span.badge', null, unread > 99 ? '99+' : String(unread))),
  h('span.entry-words', null,
    h('span.entry-top', null, h('span.entry-name', null, one.name),
      h('time', null, one.last ? chatTime(one.last.at, store.now()) : '')),
    h('span.entry-last', null, lastWords(one)))));
}

function lastWords(one) {
  if (one.typing) return t('typing');
  if (!one.following) return t('notFollowing');
  return one.last ? preview(one.last, menuName) : ' ';
}

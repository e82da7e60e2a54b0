/** The engineers' side: trouble, traffic, the account. */

import { h, icon, replace } from './dom.js';
import { span, t } from './i18n.js';
import { accountTab } from './account.js';
import { callbacksTab, callsTab } from './traffic.js';
import { faultsTab } from './faults.js';
import * as store from './store.js';

const TABS = { faults: faultsTab, callbacks: callbacksTab, calls: callsTab, account: accountTab };

export function panel(show) {
  const body = h('div.panel-body', { role: 'tabpanel' });
  const tabs = h('div.tabs', { role: 'tablist' });
  const buttons = Object.keys(TABS).map((name) => h('button.tab', {
    type: 'button', role: 'tab', dataset: { name }, onclick: () => open(name),
  }, t(`tab.${name}`)));
  replace(tabs, buttons);

  function open(name) {
    for (const button of buttons) {
      button.setAttribute('aria-selected', String(button.dataset.name === name));
    }
    store.watch(name);
    replace(body, made[name]);
    body.scrollTop = 0;
  }

  const made = Object.fromEntries(Object.entries(TABS).map(([name, make]) => [name, make()]));
  open('faults');
  return h('aside.panel', { 'aria-label': t('panel') },
    h('header.panel-head', null, replyWindow(),
      h('button.icon-button.panel-close', {
        type: 'button', 'aria-label': t('close'), onclick: () => show('chat'),
      }, icon('close'))),
    tabs, body);
}

/** How many messages may still be sent to the customer on the phone, and until when. */
function replyWindow() {
  const dots = h('span.dots', { 'aria-hidden': 'true' });
  const words = h('span.window-words');
  const left = h('span.window-left');
  const root = h('div.window', { title: t('window.hint') },
    h('span.window-label', null, t('window')), dots, words, left);

  function draw() {
    const customer = store.customer();
    const until = customer?.allowanceUntil ? Date.parse(customer.allowanceUntil) : 0;
    const open = until > store.now();
    const count = open ? customer.allowance : 0;
    replace(dots, Array.from({ length: Math.min(5, Math.max(count, 5)) },
      (_, index) => h(index < count ? 'i.on' : 'i')));
    words.textContent = count > 0 ? t('window.open', { n: count }) : t('window.none');
    left.textContent = open ? t('window.until', { time: span(until - store.now()) }) : '';
    root.classList.toggle('shut', count === 0);
  }

  store.on(['selected', 'customers', 'clock'], draw);
  setInterval(draw, 1000);
  draw();
  return root;
}

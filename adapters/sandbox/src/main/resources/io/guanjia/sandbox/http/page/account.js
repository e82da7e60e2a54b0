/** The account's settings, to copy into the gateway's, and to change. */

import { h, replace } from './dom.js';
import { api } from './api.js';
import { attempt, toast } from './dialogs.js';
import { t } from './i18n.js';
import * as store from './store.js';

export function accountTab() {
  const root = h('div.tab-content');
  const counters = h('div.counters');
  let shown = '';

  function draw() {
    const account = store.account();
    const key = JSON.stringify(account);
    if (!account || key === shown) return;
    shown = key;
    replace(root,
      h('p.hint', null, t('account.intro')),
      h('div.facts', null,
        copyable('account.apiBase', `${location.origin}/wechat`),
        copyable('account.appId', account.appId),
        copyable('account.secret', account.secret, true),
        copyable('account.token', account.token, true),
        copyable('account.aesKey', account.aesKey ?? '', true),
        copyable('account.originalId', account.originalId)),
      editor(account), h('h3', null, t('counters')), counters);
  }

  function drawCounters() {
    const count = store.state.counters;
    if (!count) return;
    const calls = Object.values(count.calls).reduce((sum, one) => sum + one, 0);
    const errors = Object.entries(count.errors);
    replace(counters,
      tally('counters.offered', count.offered), tally('counters.tries', count.tries),
      tally('counters.acknowledged', count.acknowledged), tally('counters.failed', count.failed),
      tally('counters.calls', calls),
      errors.map(([code, number]) => h('div.tally.bad', null, h('b', null, number), code)));
  }

  store.on(['account'], draw);
  store.on(['counters'], drawCounters);
  draw();
  return root;
}

const tally = (key, number) => h('div.tally', null, h('b', null, number), t(key));

function copyable(key, value, secret = false) {
  const text = h('code', null, secret ? '••••••••••••' : value);
  let open = !secret;
  const toggle = h('button.text-button', {
    type: 'button',
    onclick: () => {
      open = !open;
      text.textContent = open ? value : '••••••••••••';
      toggle.textContent = t(open ? 'account.hide' : 'account.show');
    },
  }, t('account.show'));
  return h('div.fact', null, h('span', null, t(key)), text, secret && toggle,
    h('button.text-button', {
      type: 'button',
      onclick: () => attempt(async () => {
        await navigator.clipboard.writeText(value);
        toast(t('copied'));
      }),
    }, t('copy')));
}

function editor(account) {
  const url = h('input', { type: 'text', value: account.callbackUrls.join(' '), spellcheck: false });
  const mode = h('select', null, ['plain', 'compatible', 'safe'].map((name) =>
    h('option', { value: name, selected: name === account.mode }, t(`mode.${name}`))));
  const granted = h('input.switch', { type: 'checkbox', checked: account.customerService });
  return h('form.editor', {
    onsubmit: (event) => {
      event.preventDefault();
      attempt(async () => {
        await api.changeAccount(account.name, {
          callbackUrls: url.value.trim().split(/\s+/), mode: mode.value, customerService: granted.checked,
        });
        toast(t('account.saved'));
      });
    },
  },
  h('label.field', null, h('span', null, t('account.callback')), url),
  h('label.field', null, h('span', null, t('account.mode')), mode),
  h('label.field.across', null, h('span', null, t('account.kf')), granted),
  h('button.primary.small', { type: 'submit' }, t('account.save')));
}

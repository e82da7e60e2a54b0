/** What went over the wire, newest first. */

import { h, replace } from './dom.js';
import { clockTime, t } from './i18n.js';
import { milliseconds } from './faults.js';
import * as store from './store.js';

export function callbacksTab() {
  return listOf('callbacks', callback, 'callbacks.empty');
}

export function callsTab() {
  return listOf('calls', call, 'calls.empty');
}

function listOf(what, draw, empty) {
  const list = h('ul.traffic');
  const open = new Set();
  store.on([what], () => {
    const entries = store.state[what];
    replace(list, entries.length
      ? entries.map((one) => entry(one, open, draw))
      : h('li.hint.empty', null, t(empty)));
  });
  replace(list, h('li.hint.empty', null, t(empty)));
  return h('div.tab-content', null, list);
}

function entry(one, open, draw) {
  const { head, body } = draw(one);
  const details = h('details', { open: open.has(one.number) }, h('summary', null, head), body);
  details.addEventListener('toggle', () => (details.open ? open.add(one.number) : open.delete(one.number)));
  return h('li', null, details);
}

const TONES = { silence: 'calm', reply: 'good', handOver: 'calm' };

function callback(one) {
  const tone = TONES[one.answer.type] ?? 'bad';
  return {
    head: [
      h('span.traffic-top', null,
        h('strong', null, one.customer), h('code', null, one.summary),
        one.copy && h('span.pill', null, t('callbacks.copy')),
        h('time', null, clockTime(one.at, true))),
      h('span.traffic-bottom', null,
        h('span.pill', { class: tone }, t(`answer.${one.answer.type}`)),
        one.tries.map((attempt) => h('span.pill', {
          class: attempt.result === 'ANSWERED' ? '' : 'bad',
        }, `${attempt.status ?? t(`result.${attempt.result}`)} · ${ms(attempt.latency)}`))),
    ],
    body: h('div.traffic-body', null,
      one.msgId && fact('MsgId', one.msgId),
      fact('openid', one.openId),
      one.answer.reason && fact(t('answer.unacceptable'), one.answer.reason),
      one.tries.map((attempt) => [
        h('h4', null, `${t('try', { n: attempt.number })} · ${t(`result.${attempt.result}`)} · ${ms(attempt.latency)}`),
        h('code.url', null, attempt.url),
        h('pre', null, attempt.body || '∅'),
      ])),
  };
}

function call(one) {
  const failed = one.status !== 200 || one.code !== 0;
  const result = one.status === 0 ? t('noAnswer') : one.status !== 200 ? `HTTP ${one.status}` : String(one.code);
  return {
    head: [
      h('span.traffic-top', null, h('code', null, one.api), h('time', null, clockTime(one.at, true))),
      h('span.traffic-bottom', null,
        h('span.pill', { class: failed ? 'bad' : 'good' }, result),
        h('span.pill', null, ms(one.latency)),
        one.fault && h('span.pill.warn', null, `${t('fault')} ${one.fault}`)),
    ],
    body: h('div.traffic-body', null,
      one.request && [h('h4', null, t('request')), h('pre', null, pretty(one.request))],
      one.response && [h('h4', null, t('response')), h('pre', null, pretty(one.response))]),
  };
}

function fact(name, value) {
  return h('div.fact', null, h('span', null, name), h('code', null, value));
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function ms(duration) {
  const value = milliseconds(duration);
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

/** Trouble to switch on, worded for people. */

import { h, icon, replace } from './dom.js';
import { api } from './api.js';
import { ask, attempt, toast } from './dialogs.js';
import { clockTime, span, t } from './i18n.js';
import * as store from './store.js';

const SEND = 'message/custom/send';

const CALLS = [
  ['slow', '*', { type: 'delay', time: 'PT3S' }],
  ['busy', '*', { type: 'error', code: -1 }],
  ['gateway502', '*', { type: 'status', status: 502 }],
  ['hang', SEND, { type: 'hang', accepted: false }],
  ['ambiguous', SEND, { type: 'close', accepted: true }],
  ['silent', SEND, { type: 'silentDrop' }],
  ['token', SEND, { type: 'error', code: 40001 }],
  ['frequent', SEND, { type: 'error', code: 45011 }],
  ['quota', SEND, { type: 'error', code: 45009 }],
];

const CALLBACKS = [
  ['duplicate', 'callbacks', { type: 'duplicate', copies: 2, to: [] }],
  ['reorder', 'callbacks', { type: 'reorder', count: 3, patience: 'PT2S' }],
  ['lose', 'callbacks', { type: 'lose' }],
];

let probability = 1;

export function faultsTab() {
  const lists = h('div.fault-lists');
  const often = h('div.segments', { role: 'group', 'aria-label': t('faults.often') });

  function drawOften() {
    replace(often, [1, 0.5, 0.1].map((value) => h('button', {
      type: 'button', 'aria-pressed': String(value === probability),
      onclick: () => {
        probability = value;
        drawOften();
      },
    }, t(`often.${value}`))));
  }

  function draw() {
    const others = store.state.faults.filter((one) => ![...CALLS, ...CALLBACKS].some((p) => same(one, p)));
    replace(lists,
      h('h3', null, t('faults.calls')), h('ul.faults', null, CALLS.map(row)),
      h('h3', null, t('faults.callbacks')), h('ul.faults', null, CALLBACKS.map(row)),
      others.length > 0 && [h('h3', null, t('faults.custom')), h('ul.faults', null, others.map(custom))]);
  }

  store.on(['faults', 'account'], draw);
  draw();
  drawOften();
  return h('div.tab-content', null,
    h('p.hint', null, t('faults.intro')),
    h('div.between', null,
      h('label.often', null, t('faults.often'), often),
      h('button.plain.small', { type: 'button', onclick: clear }, t('faults.clear'))),
    lists, h('h3', null, t('actions')), actions(), clockCard(), rushCard());
}

function same(active, [, target, effect]) {
  const given = active.fault;
  return given.target === target
    && Object.entries(effect).every(([key, value]) =>
      JSON.stringify(given.effect[key]) === JSON.stringify(value));
}

function row(preset) {
  const [name, target, effect] = preset;
  const active = store.state.faults.find((one) => same(one, preset));
  const toggle = h('input.switch', {
    type: 'checkbox', checked: Boolean(active), 'aria-label': t(`fault.${name}`),
    onchange: () => attempt(() => (active
      ? api.removeFault(store.state.account, active.id)
      : api.addFault(store.state.account, { target, effect, probability }))).then(store.loadFaults),
  });
  return h('li', null, h('label.fault', { class: active ? 'on' : '' },
    h('span.fault-words', null,
      h('span.fault-name', null, t(`fault.${name}`),
        active && active.fault.probability < 1 && h('em', null, t(`often.${active.fault.probability}`))),
      h('span.fault-hint', null, active?.struck ? t('faults.struck', { n: active.struck }) : t(`fault.${name}.hint`))),
    toggle));
}

function custom(active) {
  const { type, ...details } = active.fault.effect;
  return h('li', null, h('div.fault.on', null,
    h('span.fault-words', null,
      h('span.fault-name', null, `${active.fault.target}: ${type}`),
      h('span.fault-hint', null, `${JSON.stringify(details)} · ${t('faults.struck', { n: active.struck })}`)),
    h('button.icon-button', {
      type: 'button', 'aria-label': t('close'),
      onclick: () => attempt(() => api.removeFault(store.state.account, active.id)),
    }, icon('close'))));
}

async function clear() {
  await attempt(() => api.clearFaults(store.state.account));
  await store.loadFaults();
}

function actions() {
  return h('div.buttons', null,
    h('button.plain.small', {
      type: 'button',
      onclick: () => attempt(async () => {
        await api.revoke(store.state.account);
        toast(t('action.revoked'));
      }),
    }, t('action.revoke')),
    h('button.plain.small', {
      type: 'button',
      onclick: () => attempt(async () => {
        const { verified } = await api.verify(store.state.account);
        toast(t(verified ? 'action.verified' : 'action.notVerified'), !verified);
      }),
    }, t('action.verify')),
    h('button.plain.small.danger', {
      type: 'button',
      onclick: async () => {
        if (await ask(t('action.reset'), t('action.reset.sure'), [])) await attempt(api.reset);
      },
    }, t('action.reset')));
}

function clockCard() {
  const time = h('strong');
  const shift = h('span.hint');
  const draw = () => {
    time.textContent = clockTime(store.now(), true);
    const ahead = store.state.clockShift;
    shift.textContent = ahead ? t('clock.ahead', { time: span(ahead) }) : t('clock.right');
  };
  const advance = (label, by) => h('button.plain.small', {
    type: 'button', onclick: () => attempt(() => store.setClock({ advance: by })),
  }, t(label));
  store.on(['clock'], draw);
  setInterval(draw, 1000);
  draw();
  return h('section.box', null,
    h('div.between', null, h('h3', null, t('clock')), h('span', null, time, ' ', shift)),
    h('div.buttons', null,
      advance('clock.minute', 'PT1M'), advance('clock.hour', 'PT1H'), advance('clock.twodays', 'PT48H'),
      h('button.plain.small', {
        type: 'button', onclick: () => attempt(() => store.setClock({ shift: 'PT0S' })),
      }, t('clock.back'))));
}

function rushCard() {
  const rate = h('input.number', { type: 'number', min: 1, max: 20000, value: 50, 'aria-label': t('rush.rate') });
  const total = h('input.number', { type: 'number', min: 1, max: 1000000, value: 500, 'aria-label': t('rush.total') });
  const words = h('p.hint');
  const button = h('button.primary.small', { type: 'button', onclick: start }, t('rush.start'));
  let running = false;

  async function start() {
    if (running) {
      await attempt(() => api.stopRush(store.state.account));
      return;
    }
    const begun = await attempt(() => api.rush(store.state.account, {
      perSecond: Number(rate.value), total: Number(total.value), customers: 50,
    }));
    if (begun) poll();
  }

  async function poll() {
    running = true;
    button.textContent = t('rush.stop');
    for (let over = false; !over;) {
      const now = await attempt(() => api.latestRush(store.state.account));
      if (!now) break;
      words.textContent = t('rush.progress', {
        started: now.started, ok: now.acknowledged, failed: now.failed,
        slowest: Math.round(milliseconds(now.slowestTry)),
      });
      over = now.over;
      if (!over) await new Promise((resolve) => setTimeout(resolve, 400));
    }
    running = false;
    button.textContent = t('rush.start');
  }

  return h('section.box', null, h('h3', null, t('rush')),
    h('div.rush', null, t('rush.rate'), rate, t('rush.total'), total, t('rush.unit'), button), words);
}

/** The milliseconds of a duration such as PT0.034S. */
export function milliseconds(duration) {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration ?? '');
  if (!match) return 0;
  const [, hours = 0, minutes = 0, seconds = 0] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

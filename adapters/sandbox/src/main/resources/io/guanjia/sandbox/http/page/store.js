/** What the page knows, kept fresh by the sandbox's stream of changes. */

import { api } from './api.js';

export const state = {
  accounts: [],
  account: null,
  menu: null,
  customers: [],
  openId: null,
  chats: new Map(),
  read: new Map(),
  faults: [],
  callbacks: [],
  calls: [],
  counters: null,
  clockShift: 0,
  online: true,
};

const listeners = new Map();

/** Calls back whenever one of the topics changed. */
export function on(topics, listener) {
  for (const topic of topics) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic).add(listener);
  }
}

export function emit(topic) {
  for (const listener of listeners.get(topic) ?? []) listener();
}

/** The account's settings. */
export const account = () => state.accounts.find((one) => one.name === state.account) ?? null;

/** The customer whose phone is shown. */
export const customer = () => state.customers.find((one) => one.openId === state.openId) ?? null;

/** The sandbox's time in milliseconds. */
export const now = () => Date.now() + state.clockShift;

export async function start() {
  await loadAccounts();
  await loadClock();
  const [, name, openId] = location.hash.split('/');
  const known = state.accounts.some((one) => one.name === decodeURIComponent(name ?? ''));
  await selectAccount(known ? decodeURIComponent(name) : state.accounts[0]?.name ?? null, openId);
  api.listen(changed, (online) => {
    const back = online && !state.online;
    state.online = online;
    emit('online');
    if (back) reload();
  });
}

async function reload() {
  await loadAccounts();
  await loadClock();
  await selectAccount(state.account ?? state.accounts[0]?.name ?? null, state.openId);
}

async function loadAccounts() {
  state.accounts = await api.accounts();
  emit('account');
}

async function loadClock() {
  tell(await api.clock());
}

/** Moves the sandbox's clock. */
export async function setClock(change) {
  tell(await api.setClock(change));
}

function tell(clock) {
  state.clockShift = Date.parse(clock.now) - Date.now();
  if (Math.abs(state.clockShift) < 1500) state.clockShift = 0;
  emit('clock');
}

export async function selectAccount(name, openId) {
  state.account = name;
  state.chats.clear();
  if (!name) return;
  state.menu = await api.menu(name);
  await loadCustomers();
  await loadFaults();
  const wanted = state.customers.find((one) => one.openId === openId);
  await select((wanted ?? state.customers[0])?.openId ?? null);
  emit('account');
}

export async function select(openId) {
  state.openId = openId;
  const path = openId ? `#/${encodeURIComponent(state.account)}/${openId}` : '#/';
  history.replaceState(null, '', path);
  if (openId) await loadChat(openId);
  emit('selected');
  emit('customers');
}

export async function loadCustomers() {
  state.customers = await api.customers(state.account);
  emit('customers');
}

async function loadChat(openId) {
  const known = state.chats.get(openId) ?? [];
  const after = known.length ? known[known.length - 1].number : 0;
  const more = await api.chat(state.account, openId, after);
  // Two loads may have been under way at once.
  const latest = state.chats.get(openId) ?? [];
  const last = latest.length ? latest[latest.length - 1].number : 0;
  state.chats.set(openId, [...latest, ...more.filter((seen) => seen.number > last)]);
  emit('chat');
}

export async function loadFaults() {
  state.faults = await api.faults(state.account);
  emit('faults');
}

export async function loadTraffic(what) {
  if (!state.account) return;
  state[what] = (await api[what](state.account)).reverse();
  emit(what);
}

export async function loadCounters() {
  if (!state.account) return;
  state.counters = await api.counters(state.account);
  emit('counters');
}

/** At most one load of a kind under way, and one more after it when asked for meanwhile. */
function calmly(load) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await load();
    } catch {
      // The stream says when the sandbox is back.
    }
    running = false;
    if (again) {
      again = false;
      setTimeout(run, 150);
    }
  };
}

const customersCalmly = calmly(loadCustomers);
const chatCalmly = calmly(() => (state.openId ? loadChat(state.openId) : null));
const faultsCalmly = calmly(loadFaults);
const callbacksCalmly = calmly(() => loadTraffic('callbacks'));
const callsCalmly = calmly(() => loadTraffic('calls'));
const countersCalmly = calmly(loadCounters);
const allCalmly = calmly(reload);

let watched = null;

/** Says which list of traffic is on the screen; the others are not kept fresh. */
export function watch(what) {
  watched = what;
  if (what === 'callbacks') callbacksCalmly();
  if (what === 'calls') callsCalmly();
  if (what === 'account') countersCalmly();
}

function changed(bundle) {
  const mine = bundle.filter((change) => change.account === state.account || !change.account);
  const what = new Set(mine.map((change) => change.what));
  if (what.has('clock')) {
    state.chats.clear();
    allCalmly();
    return;
  }
  if (what.has('accounts')) allCalmly();
  if (what.has('customers') || what.has('chat')) customersCalmly();
  if (mine.some((change) => change.what === 'chat' && change.party === state.openId)) chatCalmly();
  if (what.has('faults')) faultsCalmly();
  if (what.has('callbacks') && watched === 'callbacks') callbacksCalmly();
  if (what.has('calls') && watched === 'calls') callsCalmly();
  if (watched === 'account') countersCalmly();
  // A fault that may strike so often and no more goes away by itself.
  if (state.faults.length && (what.has('calls') || what.has('callbacks'))) faultsCalmly();
}

/** The phone: one customer's chat with the account. */

import { h, icon, keepEnd, portrait, replace, seal } from './dom.js';
import { api } from './api.js';
import { bubble, notice } from './bubbles.js';
import { ask, attempt, sheet } from './dialogs.js';
import { chatTime, clockTime, t } from './i18n.js';
import { closeAll, menuBar, menuName } from './menu.js';
import { attachments } from './attachments.js';
import * as store from './store.js';

const PAUSE = 5 * 60 * 1000;

export function phone(show) {
  const time = h('span.status-time');
  const title = h('h2.nav-title');
  const thread = h('div.thread', { role: 'log', 'aria-live': 'polite', tabIndex: 0 });
  keepEnd(thread);
  const foot = h('footer.foot');
  const offline = h('div.offline', { role: 'status', hidden: true }, t('offline'));
  const screen = h('div.screen', null,
    h('div.status-bar', { 'aria-hidden': 'true' }, time, statusIcons()),
    h('header.nav', null,
      h('button.nav-button.nav-back', {
        type: 'button', 'aria-label': t('back'), onclick: () => show('list'),
      }, icon('back')),
      title,
      h('button.nav-button', { type: 'button', 'aria-label': t('profile'), onclick: profile },
        icon('more'))),
    offline, thread, foot);

  let shown = { openId: null, last: 0, at: 0 };
  let footOf = '';

  async function act(action) {
    const { account, openId } = store.state;
    await attempt(() => api.act(account, openId, action));
  }

  function drawThread() {
    const openId = store.state.openId;
    if (shown.openId !== openId) {
      thread.textContent = '';
      shown = { openId, last: 0, at: 0 };
    }
    const chat = store.state.chats.get(openId) ?? [];
    if (chat.length && chat[chat.length - 1].number < shown.last) {
      thread.textContent = '';
      shown = { openId, last: 0, at: 0 };
    }
    const fresh = chat.filter((seen) => seen.number > shown.last);
    if (!chat.length) replace(thread, openId && blank());
    if (!fresh.length) return;
    thread.querySelector('.blank')?.remove();
    const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
    for (const seen of fresh) {
      const at = Date.parse(seen.at);
      if (Math.abs(at - shown.at) > PAUSE) {
        thread.append(h('div.time', null, chatTime(seen.at, store.now())));
      }
      thread.append(line(seen, act));
      shown.last = seen.number;
      shown.at = at;
    }
    if (atEnd || fresh.some((seen) => seen.via === 'customer')) toEnd();
  }

  function toEnd() {
    thread.scrollTop = thread.scrollHeight;
  }

  function drawHead() {
    const customer = store.customer();
    const name = store.account()?.name ?? '';
    title.textContent = customer?.typing ? t('typing') : displayName(name);
    title.classList.toggle('typing', Boolean(customer?.typing));
    time.textContent = clockTime(store.now());
  }

  function drawFoot() {
    const customer = store.customer();
    const kind = !customer ? 'none' : !customer.following ? 'stranger' : 'follower';
    const key = `${kind} ${store.state.openId} ${JSON.stringify(store.state.menu)}`;
    if (key === footOf) return;
    footOf = key;
    if (kind === 'none') replace(foot);
    else if (kind === 'stranger') replace(foot, invitation(customer, act));
    else replace(foot, composer(act, toEnd));
  }

  async function profile() {
    const customer = store.customer();
    if (!customer) return;
    await menuOfMore(screen, customer, act);
  }

  store.on(['selected', 'chat'], drawThread);
  store.on(['selected', 'customers', 'account', 'clock'], () => {
    drawHead();
    drawFoot();
  });
  store.on(['selected'], toEnd);
  store.on(['online'], () => {
    offline.hidden = store.state.online;
  });
  new ResizeObserver(toEnd).observe(foot);
  setInterval(drawHead, 1000);
  return h('section.phone', { 'aria-label': t('chats') }, screen);
}

/** The demo account goes by a bank's name; others by their own. */
export const displayName = (name) => (name === 'demo' ? '小管家银行' : name);

function blank() {
  const follows = store.customer()?.following;
  return h('div.blank', null, seal(), follows ? t('chat.empty') : null);
}

function statusIcons() {
  return h('span.status-icons', null, h('i.signal'), h('i.wifi'), h('i.battery'));
}

function line(seen, act) {
  const content = seen.bubble;
  if (content.type === 'notice' || content.type === 'deed') {
    return h('div.notice', { class: content.type }, notice(content, menuName));
  }
  const own = seen.via === 'customer';
  const tap = own ? null : (choice) => act({ type: 'menuChoice', ...choice });
  const body = bubble(content, own, tap);
  if (content.type === 'template') {
    return h('div.line.wide', null, h('div.stack', null, body, how(seen)));
  }
  const face = own ? portrait(store.customer()?.name ?? '') : seal();
  return h('div.line', { class: own ? 'own' : '' }, face,
    h('div.stack', { class: own ? 'own' : '' }, body, !own && how(seen)));
}

/** The small print under what the account sent. */
function how(seen) {
  const words = t(`via.${seen.via}`) + (seen.servicer ? ` · ${seen.servicer}` : '');
  return h('span.how', null, words, ' · ', clockTime(seen.at, true));
}

function invitation(customer, act) {
  return h('div.invitation', null,
    h('p', null, t('follow.why', { name: displayName(store.account()?.name ?? '') })),
    h('button.follow', { type: 'button', onclick: () => act({ type: 'subscribe' }) },
      icon('follow'), t('follow')),
    h('button.text-button', { type: 'button', onclick: () => scanned(customer, act) },
      t('scanFollow')));
}

async function scanned(customer, act) {
  const given = await ask(t('scan'), t('scan.hint'), [
    { name: 'scene', label: t('scan.scene'), value: 'branch-021' },
  ]);
  if (given) await act({ type: customer.following ? 'scan' : 'subscribe', scene: given.scene });
}

async function menuOfMore(screen, customer, act) {
  const { name } = customer;
  const chosen = await sheet(screen, [name, customer.openId], customer.following
    ? [
      ['scan', t('scan')],
      ['accept', t('accept')],
      ['block', t(customer.blocksTemplates ? 'unblock' : 'block')],
      ['unfollow', t('unfollow'), true],
    ]
    : [['follow', t('follow')], ['scan', t('scanFollow')]]);
  switch (chosen) {
    case 'scan': return scanned(customer, act);
    case 'follow': return act({ type: 'subscribe' });
    case 'accept': return accept(act);
    case 'block':
      return attempt(() => api.changeCustomer(store.state.account, customer.openId, {
        blocksTemplates: !customer.blocksTemplates,
      })).then(store.loadCustomers);
    case 'unfollow': {
      const sure = await ask(t('unfollow'), t('unfollow.sure', { name }), []);
      return sure && act({ type: 'unsubscribe' });
    }
    default: return undefined;
  }
}

/** The question an account asks before each subscription message. */
async function accept(act) {
  const templates = (await attempt(() => api.templates(store.state.account))) ?? [];
  const field = templates.length
    ? { type: 'select', options: templates.map((one) => [one.id, one.title]) }
    : { value: 'TEMPLATE_ID' };
  const given = await ask(t('accept'), t('accept.hint'), [
    { name: 'templateId', label: t('accept.template'), ...field },
  ]);
  if (given) await act({ type: 'answerSubscription', templateId: given.templateId, accept: true });
}

let typingMode = true;

function composer(act, toEnd) {
  const hasMenu = (store.state.menu?.button ?? []).length > 0;
  const input = h('textarea.input', {
    rows: 1, placeholder: t('say'), 'aria-label': t('say'), maxLength: 4000,
    oninput: grow, onkeydown: keyed, onfocus: toEnd,
  });
  const send = h('button.send', { type: 'button', hidden: true, onclick: submit }, t('send'));
  const drawer = h('div.drawer', { hidden: true }, attachments(act, () => toggleDrawer(false)));
  const plus = h('button.nav-button.plus', {
    type: 'button', 'aria-label': t('plus'), onclick: () => toggleDrawer(drawer.hidden),
  }, icon('plus'));
  const bar = h('div.menu-bar');
  const typing = h('div.typing-bar', null, input, send, plus);
  const swap = h('button.nav-button.swap', { type: 'button', onclick: () => mode(!typingMode) });
  const root = h('div.composer', null, h('div.composer-row', null, hasMenu && swap, typing, bar), drawer);

  function mode(next) {
    typingMode = next || !hasMenu;
    typing.hidden = !typingMode;
    bar.hidden = typingMode;
    toggleDrawer(false);
    closeAll(bar);
    replace(swap, icon(typingMode ? 'menu' : 'keyboard'));
    swap.setAttribute('aria-label', t(typingMode ? 'menu' : 'keyboard'));
  }

  function toggleDrawer(open) {
    drawer.hidden = !open;
  }

  function grow() {
    const filled = input.value.trim() !== '';
    send.hidden = !filled;
    plus.hidden = filled;
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  }

  function keyed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  }

  async function submit() {
    const content = input.value.trim();
    if (!content) return;
    input.value = '';
    grow();
    await act({ type: 'text', content });
  }

  menuBar(bar, act);
  mode(typingMode);
  return root;
}

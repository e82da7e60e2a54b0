/** The account's menu at the foot of the chat. */

import { h, icon, replace } from './dom.js';
import { ask } from './dialogs.js';
import { t } from './i18n.js';
import * as store from './store.js';

/** What the entry with that key is called. */
export function menuName(key) {
  for (const button of store.state.menu?.button ?? []) {
    for (const entry of [button, ...(button.sub_button ?? [])]) {
      if (entry.key === key) return entry.name;
    }
  }
  return key;
}

/** Fills a bar with the menu's buttons; calls back with the action of the entry tapped. */
export function menuBar(bar, act) {
  const buttons = store.state.menu?.button ?? [];
  replace(bar, buttons.map((button) => {
    const entries = button.sub_button ?? [];
    const foot = h('button.menu-button', {
      type: 'button', 'aria-haspopup': entries.length ? 'menu' : undefined,
      onclick: () => (entries.length ? toggle() : tapped(button, act)),
    }, entries.length > 0 && icon('menu', 'icon tiny'), button.name);
    const cell = h('div.menu-cell', null, foot);
    const toggle = () => {
      const open = cell.querySelector('.submenu');
      closeAll(bar);
      if (!open) {
        cell.append(h('div.submenu', { role: 'menu' }, entries.map((entry) =>
          h('button', {
            type: 'button', role: 'menuitem',
            onclick: () => {
              closeAll(bar);
              tapped(entry, act);
            },
          }, entry.name))));
      }
    };
    return cell;
  }));
}

export function closeAll(bar) {
  bar.querySelectorAll('.submenu').forEach((menu) => menu.remove());
}

async function tapped(entry, act) {
  switch (entry.type) {
    case 'view': return act({ type: 'view', url: entry.url ?? '', menuId: 'menu' });
    case 'miniprogram':
      return act({ type: 'viewMiniprogram', pagePath: entry.pagepath ?? '', menuId: 'menu' });
    case 'scancode_push':
    case 'scancode_waitmsg': {
      const given = await ask(entry.name, null, [
        { name: 'result', label: t('scan'), value: 'https://example.com/counter/12' },
      ]);
      return given && act({
        type: 'scancode', key: entry.key, scanType: 'qrcode', result: given.result,
        waiting: entry.type === 'scancode_waitmsg',
      });
    }
    case 'location_select':
      return act({
        type: 'locationSelect', key: entry.key, latitude: 31.2397, longitude: 121.4900,
        label: '上海市黄浦区中山东一路', poi: '外滩',
      });
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return act({
        type: 'pictures', from: entry.type, key: entry.key, md5: ['1b5f7c23b5bf75682a53e7b6d163e185'],
      });
    default: return act({ type: 'click', key: entry.key ?? '' });
  }
}

/** Puts the page together. */

import { h, icon, replace } from './dom.js';
import { loadLanguage, t } from './i18n.js';
import { attempt } from './dialogs.js';
import { customersPane } from './customers.js';
import { phone } from './phone.js';
import { panel } from './panel.js';
import * as store from './store.js';

await loadLanguage();

const root = document.getElementById('app');

/** On a narrow screen: the list, the chat or the engineers' panel. */
function show(view) {
  root.dataset.view = view;
}

show('chat');
replace(root,
  customersPane(show),
  h('main.stage', null, phone(show)),
  panel(show),
  h('button.panel-opener', {
    type: 'button', 'aria-label': t('panel'), title: t('panel'), onclick: () => show('panel'),
  }, icon('panel')));
await attempt(store.start);
root.removeAttribute('aria-busy');

/** Small questions and answers. */

import { h, icon } from './dom.js';
import { t } from './i18n.js';

/**
 * Asks for a few things. Fields: {name, label, value, type: text | select | checkbox, options,
 * optional}. Resolves to their values by name, or to null.
 */
export function ask(title, hint, fields, confirm = t('ok')) {
  return new Promise((resolve) => {
    const inputs = fields.map((field) => [field, control(field)]);
    const form = h('form.dialog-body', { method: 'dialog' },
      h('h2', null, title),
      hint && h('p.hint', null, hint),
      inputs.map(([field, input]) => row(field, input)),
      h('div.dialog-actions', null,
        h('button.plain', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
        h('button.primary', { type: 'submit', value: 'yes' }, confirm)));
    const dialog = h('dialog', null, form);
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? values(inputs) : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function control(field) {
  if (field.type === 'select') {
    return h('select', { name: field.name },
      field.options.map(([value, label]) => h('option', { value }, label)));
  }
  if (field.type === 'checkbox') {
    return h('input.switch', { type: 'checkbox', name: field.name, checked: field.value });
  }
  return h('input', {
    type: 'text', name: field.name, value: field.value ?? '', required: !field.optional,
    maxLength: 200, autocomplete: 'off',
  });
}

function row(field, input) {
  return h(field.type === 'checkbox' ? 'label.field.across' : 'label.field', null,
    h('span', null, field.label), input);
}

function values(inputs) {
  return Object.fromEntries(inputs.map(([field, input]) =>
    [field.name, field.type === 'checkbox' ? input.checked : input.value.trim()]));
}

/**
 * Offers a few things to do at the foot of a screen: [value, label, dangerous]. Resolves to the value
 * of the one tapped, or to null.
 */
export function sheet(screen, heading, options) {
  return new Promise((resolve) => {
    const choose = (value) => {
      veil.remove();
      resolve(value);
    };
    const button = ([value, label, dangerous]) => h('button', {
      type: 'button', class: dangerous ? 'danger' : '', onclick: () => choose(value),
    }, label);
    const veil = h('div.veil', {
      onclick: (event) => event.target === veil && choose(null),
      onkeydown: (event) => event.key === 'Escape' && choose(null),
    }, h('div.sheet', { role: 'menu' },
      h('div.sheet-head', null, h('strong', null, heading[0]), h('small', null, heading[1])),
      options.map(button),
      h('button.sheet-cancel', { type: 'button', onclick: () => choose(null) }, t('cancel'))));
    screen.append(veil);
    veil.querySelector('button').focus({ focusVisible: false });
  });
}

/** Lets a file be picked; resolves to it, or stays pending when nobody does. */
export function pickFile(accept) {
  return new Promise((resolve) => {
    const input = h('input', { type: 'file', accept, onchange: () => resolve(input.files[0]) });
    input.click();
  });
}

/** Shows a picture over everything. */
export function enlarge(src) {
  const dialog = h('dialog.lightbox', { onclick: () => dialog.close() },
    h('img', { src, alt: '' }),
    h('button.icon-button', { type: 'button', 'aria-label': t('close') }, icon('close')));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** A sentence that goes away by itself. */
export function toast(text, bad = false) {
  document.querySelector('.toast')?.remove();
  const element = h(bad ? 'div.toast.bad' : 'div.toast', { role: 'status' }, text);
  document.body.append(element);
  setTimeout(() => element.remove(), bad ? 4500 : 2000);
}

/** Runs something and says so when it fails. */
export async function attempt(work) {
  try {
    return await work();
  } catch (failure) {
    toast(t('failed', { why: failure.message }), true);
    return undefined;
  }
}

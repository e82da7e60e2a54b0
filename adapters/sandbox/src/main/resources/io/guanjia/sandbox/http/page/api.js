/** The sandbox's control API. Every call fails with an Error that says what the sandbox said. */

const ROOT = '/sandbox/api';

async function call(method, path, body) {
  const answer = await fetch(ROOT + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? `HTTP ${answer.status}`);
  }
  return answer.status === 204 || answer.status === 202 ? null : answer.json();
}

const account = (name) => `/wechat/accounts/${encodeURIComponent(name)}`;
const customer = (name, openId) => `${account(name)}/customers/${encodeURIComponent(openId)}`;

export const api = {
  accounts: () => call('GET', '/wechat/accounts'),
  changeAccount: (name, fields) => call('PUT', account(name), fields),
  verify: (name) => call('POST', `${account(name)}/verify`),
  revoke: (name) => call('POST', `${account(name)}/tokens/revoke`),
  menu: (name) => call('GET', `${account(name)}/menu`),
  counters: (name) => call('GET', `${account(name)}/counters`),
  calls: (name) => call('GET', `${account(name)}/calls?limit=60`),
  callbacks: (name) => call('GET', `${account(name)}/callbacks?limit=60`),
  faults: (name) => call('GET', `${account(name)}/faults`),
  addFault: (name, fault) => call('POST', `${account(name)}/faults`, fault),
  removeFault: (name, id) => call('DELETE', `${account(name)}/faults/${id}`),
  clearFaults: (name) => call('DELETE', `${account(name)}/faults`),
  rush: (name, plan) => call('POST', `${account(name)}/rushes`, plan),
  latestRush: (name) => call('GET', `${account(name)}/rushes/latest`),
  stopRush: (name) => call('DELETE', `${account(name)}/rushes/latest`),
  customers: (name) => call('GET', `${account(name)}/customers?limit=500`),
  createCustomer: (name, fields) => call('POST', `${account(name)}/customers`, fields),
  customer: (name, openId) => call('GET', customer(name, openId)),
  chat: (name, openId, after) => call('GET', `${customer(name, openId)}/chat?after=${after}&limit=200`),
  act: (name, openId, action) => call('POST', `${customer(name, openId)}/actions?wait=false`, action),
  changeCustomer: (name, openId, fields) => call('PUT', customer(name, openId), fields),
  templates: (name) => call('GET', `${account(name)}/templates`),
  clock: () => call('GET', '/clock'),
  setClock: (change) => call('PUT', '/clock', change),
  reset: () => call('POST', '/reset'),

  /** Keeps a file as something the customer can send; resolves to its media id. */
  async keep(name, openId, blob) {
    const answer = await fetch(`${ROOT}${customer(name, openId)}/media`, {
      method: 'POST', headers: { 'Content-Type': blob.type }, body: blob,
    });
    const json = await answer.json();
    if (!answer.ok) throw new Error(json.detail ?? `HTTP ${answer.status}`);
    return json.mediaId;
  },

  /** Calls back with every bundle of changes, and with null whenever the line is open again. */
  listen(onChanges, onLine) {
    const source = new EventSource(`${ROOT}/changes`);
    source.addEventListener('changes', (event) => onChanges(JSON.parse(event.data)));
    source.onopen = () => onLine(true);
    source.onerror = () => onLine(false);
  },
};

export const mediaAddress = (mediaId) => `/wechat/mmbiz/${encodeURIComponent(mediaId)}`;

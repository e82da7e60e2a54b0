/** What else a customer can send. */

import { h, icon } from './dom.js';
import { api } from './api.js';
import { ask, attempt, pickFile } from './dialogs.js';
import { t } from './i18n.js';
import * as store from './store.js';

const PLACES = [
  ['31.2397,121.4900,上海市黄浦区中山东一路·外滩', '上海 外滩'],
  ['39.9087,116.4605,北京市朝阳区建国门外大街·国贸', '北京 国贸'],
  ['22.5411,114.0595,深圳市福田区深南大道·市民中心', '深圳 市民中心'],
  ['23.1065,113.3245,广州市海珠区阅江西路·广州塔', '广州 广州塔'],
];

/** The tiles behind the plus sign. */
export function attachments(act, close) {
  const tile = (name, work) => h('button.tile', {
    type: 'button',
    onclick: () => attempt(async () => {
      const action = await work();
      if (action) {
        close();
        await act(action);
      }
    }),
  }, h('span.tile-icon', null, icon(name === 'miniprogram' ? 'mini' : name)), t(name));
  return h('div.tiles', null,
    tile('image', picture), tile('voice', voice), tile('video', video), tile('location', place),
    tile('link', link), tile('miniprogram', miniProgram), tile('scan', scan));
}

const keep = (blob) => api.keep(store.state.account, store.state.openId, blob);

async function picture() {
  const file = await pickFile('image/*');
  return file && { type: 'image', mediaId: await keep(file) };
}

async function video() {
  const file = await pickFile('video/*');
  if (!file) return null;
  const mediaId = await keep(file);
  return { type: 'video', mediaId, thumbMediaId: mediaId };
}

async function voice() {
  const given = await ask(t('voice'), t('voice.hint'), [
    { name: 'words', label: t('voice.words'), value: '我想查一下信用卡账单', optional: true },
  ], t('send'));
  if (!given) return null;
  const mediaId = await keep(new Blob([quiet(2)], { type: 'audio/amr' }));
  return { type: 'voice', mediaId, format: 'amr', recognition: given.words || null };
}

/** That many seconds of silence as AMR: 50 frames of 32 bytes each second. */
function quiet(seconds) {
  const head = new TextEncoder().encode('#!AMR\n');
  const frames = new Uint8Array(head.length + seconds * 50 * 32);
  frames.set(head);
  for (let at = head.length; at < frames.length; at += 32) frames[at] = 0x3c;
  return frames;
}

async function place() {
  const given = await ask(t('location'), null, [
    { name: 'where', label: t('location.where'), type: 'select', options: PLACES },
  ], t('send'));
  if (!given) return null;
  const [latitude, longitude, label] = given.where.split(',');
  return {
    type: 'location', latitude: Number(latitude), longitude: Number(longitude), scale: 16, label,
  };
}

async function link() {
  const given = await ask(t('link'), null, [
    { name: 'title', label: t('link.title'), value: '信用卡积分兑换攻略' },
    { name: 'url', label: t('link.url'), value: 'https://example.com/points' },
  ], t('send'));
  return given && { type: 'link', title: given.title, description: given.url, url: given.url };
}

async function miniProgram() {
  const cover = await keep(await coverPicture());
  return {
    type: 'miniprogrampage', title: '网点预约取号', appId: 'wx0123456789abcdef',
    pagePath: 'pages/branch/index', thumbMediaId: cover,
  };
}

function coverPicture() {
  const canvas = document.createElement('canvas');
  canvas.width = 400;
  canvas.height = 320;
  const pen = canvas.getContext('2d');
  const sky = pen.createLinearGradient(0, 0, 400, 320);
  sky.addColorStop(0, '#3b82f6');
  sky.addColorStop(1, '#22c1a6');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 400, 320);
  pen.fillStyle = 'rgba(255,255,255,.92)';
  for (let column = 0; column < 4; column += 1) pen.fillRect(110 + column * 52, 140, 24, 84);
  pen.fillRect(92, 232, 216, 16);
  pen.beginPath();
  pen.moveTo(200, 72);
  pen.lineTo(312, 128);
  pen.lineTo(88, 128);
  pen.fill();
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

async function scan() {
  const given = await ask(t('scan'), t('scan.hint'), [
    { name: 'scene', label: t('scan.scene'), value: 'branch-021' },
  ]);
  return given && { type: 'scan', scene: given.scene };
}

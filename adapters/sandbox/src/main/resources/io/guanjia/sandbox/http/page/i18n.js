/** The page's words, from one file per language. */

const KEY = 'guanjia.sandbox.language';
let words = {};
let language = 'zh';

export async function loadLanguage() {
  language = new URLSearchParams(location.search).get('lang') ?? stored() ?? 'zh';
  if (language !== 'en') language = 'zh';
  const answer = await fetch(`/page/i18n/${language}.json`);
  words = await answer.json();
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `${t('title')} · Guanjia`;
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function switchLanguage() {
  try {
    localStorage.setItem(KEY, language === 'zh' ? 'en' : 'zh');
  } catch {
    // Without storage the language lasts as long as the page.
  }
  const url = new URL(location.href);
  url.searchParams.set('lang', language === 'zh' ? 'en' : 'zh');
  location.replace(url);
}

/** The text for a key; {name} is replaced by the value of that name. */
export function t(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function has(key) {
  return key in words;
}

const locale = () => (language === 'zh' ? 'zh-CN' : 'en-GB');

export function clockTime(instant, seconds = false) {
  return new Intl.DateTimeFormat(locale(), {
    hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined, hour12: false,
  }).format(new Date(instant));
}

/** As a chat shows it: the time today, with the day before it otherwise. */
export function chatTime(instant, now) {
  const then = new Date(instant);
  const days = Math.floor((startOfDay(now) - startOfDay(then)) / 86400000);
  const time = clockTime(then);
  if (days === 0) return time;
  if (days === 1) return `${t('yesterday')} ${time}`;
  const format = { month: 'short', day: 'numeric' };
  return `${new Intl.DateTimeFormat(locale(), format).format(then)} ${time}`;
}

function startOfDay(instant) {
  const day = new Date(instant);
  day.setHours(0, 0, 0, 0);
  return day;
}

/** A length of time in two units. */
export function span(milliseconds) {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const d = Math.floor(total / 86400);
  const hours = Math.floor((total % 86400) / 3600);
  const m = Math.floor((total % 3600) / 60);
  const s = total % 60;
  if (d >= 3) return t('duration.days', { d, h: hours });
  if (d > 0 || hours > 0) return t('duration.hours', { h: d * 24 + hours, m });
  if (m > 0) return t('duration.minutes', { m, s });
  return t('seconds', { n: s });
}

/** The parts of one page. */
export interface PageParts {
  readonly title: string;
  readonly style: string;
  readonly body: string;
  readonly script: string;
}

/** Colours and type that all pages share; green is WeChat Pay's. */
const SHARED_STYLE = `
:root { --green: #07c160; --red: #fa5151; --ink: #191919; --soft: #7f7f7f; --line: #e8e8e8; --ground: #f4f5f6; --card: #fff; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 -apple-system, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'Segoe UI', Roboto, sans-serif; }
button { font: inherit; color: inherit; border: 0; background: none; padding: 0; cursor: pointer; }
button:focus-visible, a:focus-visible, input:focus-visible, summary:focus-visible { outline: 2px solid var(--green); outline-offset: 2px; }
[hidden] { display: none !important; }
`;

/** Functions that all pages share: text by language, elements without markup from data, and calls to the control API. */
const SHARED_SCRIPT = `
let language = localStorage.getItem('language') || (navigator.language.startsWith('zh') ? 'zh' : 'en');
const t = (key) => TEXTS[key][language === 'zh' ? 0 : 1];
const $ = (id) => document.getElementById(id);
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'on') element.addEventListener('click', value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}
const yuan = (fen) => (fen / 100).toFixed(2);
const time = (ms) => new Date(ms).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
async function ask(method, path, body) {
  const response = await fetch(path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  const json = await response.json();
  return { ok: response.ok, json };
}
function translate() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-hint]')) element.placeholder = t(element.dataset.hint);
}
function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language);
  translate();
}
`;

/** Puts a page together. It is one file and loads nothing. */
export function pageOf({ title, style, body, script }: PageParts): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${SHARED_STYLE}${style}</style>
</head>
<body>${body}
<script>
'use strict';
${script}
${SHARED_SCRIPT}
start();
</script>
</body>
</html>
`;
}

import type { SignInAnswer } from './sign-in-request';

/** The style of the pages: light or dark as the system is, and readable on a phone. */
const STYLE = `
:root{color-scheme:light dark;--paper:#f2f4f7;--card:#fff;--ink:#16191f;--soft:#545f6e;--rule:#8c96a3;--accent:#1f5fbf;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--paper:#0f141a;--card:#1a222c;--ink:#e7ebf0;--soft:#a3afbd;--rule:#66727f;--accent:#7db3ff;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:26rem;background:var(--card);border-radius:12px;padding:28px;box-shadow:0 1px 12px rgb(0 0 0/.12)}
h1{font-size:1.4rem;margin:0 0 16px}label{display:block;font-weight:600;margin:14px 0 4px}
input,button{width:100%;font:inherit;padding:10px 12px;border-radius:8px}
input{border:1px solid var(--rule);background:var(--paper);color:var(--ink)}
button{margin-top:20px;border:0;background:var(--accent);color:var(--card);font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
[role=alert]{color:var(--bad);font-weight:600}
aside{margin-top:24px;padding-top:16px;border-top:1px solid var(--rule);color:var(--soft);font-size:.9rem}
aside h2{font-size:.9rem;margin:0 0 4px}ul{margin:0 0 8px;padding-left:18px}code{overflow-wrap:anywhere}
`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Makes a page. @param content - HTML below the heading, already escaped. */
export function page(status: number, title: string, content: string): SignInAnswer {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>`;
  const body = `<main><h1>${escaped(title)}</h1>${content}</main>`;
  return {
    status,
    headers: HEADERS,
    body: `<!doctype html><html lang="en"><head>${head}<style>${STYLE}</style></head><body>${body}</body></html>`,
  };
}

/** Makes a page with one sentence that says what went wrong. */
export function errorPage(status: number, title: string, sentence: string): SignInAnswer {
  return page(status, title, `<p role="alert">${escaped(sentence)}</p>`);
}

/** Writes text so that HTML takes it as text. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

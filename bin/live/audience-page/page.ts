import { createHash } from 'node:crypto';
import type { PageAnswers } from './figures';
import { escaped } from './html';
import { sections, tiles } from './sections';
import { STYLE } from './style';

/** The content of the page. */
export interface PageContent {
  readonly stack: string;
  /** Name of the one channel that it is about; undefined for all. */
  readonly channel: string | undefined;
  /** Days that it goes back. */
  readonly days: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly answers: PageAnswers;
  /** Definitions of the figures, by the names of the queries. */
  readonly meanings: Readonly<Record<string, string>>;
}

/**
 * Writes the page of the audience: one file that loads nothing and runs nothing. The policy allows its own style alone, so
 * that a text which was not escaped could do nothing either.
 */
export function audiencePage(content: PageContent): string {
  const { stack, channel, days, now, answers, meanings } = content;
  const about = `${channel === undefined ? 'all channels' : `channel ${channel}`}, ${span(days)}`;
  const at = new Date(now).toISOString().slice(0, 16).replace('T', ' ');
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const isEmpty = answers['viewers-by-minute'].rows.length === 0;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Audience of ${escaped(stack)}</title><style>${STYLE}</style></head>
<body><header><h1>Audience of <bdi>${escaped(stack)}</bdi></h1><p>${escaped(about)}; asked at ${at}. All times are UTC.</p></header>
<main>${isEmpty ? nothing(days) : `${tiles(answers)}\n${sections(answers, meanings)}`}</main></body></html>
`;
}

function span(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'today and yesterday' : `the last ${days} days`;
}

/** Says what to do when there is no report yet. */
function nothing(days: number): string {
  return `<section class="wide"><h2>No reports in this time</h2>
<p>No player reported ${days === 0 ? 'today' : `in ${span(days)}`}. Look in this order:</p><ol>
<li>Open the player of the stack (Output <code>PlayerUrl</code>) without Do Not Track and Global Privacy Control, and watch for a minute.</li>
<li><code>npm run live -- audience</code> shows reports at once. If it stays empty, look into the log group of the Output <code>AudienceLogGroup</code>.</li>
<li>Reports are here five minutes later. If they are not, look into the folder <code>errors/</code> of the bucket in the Output <code>AudienceBucket</code>.</li>
<li>Ask for a longer time with <code>--days</code>, or for all channels, without <code>--channel</code>.</li></ol></section>`;
}

import type { Alarm } from './alarm';
import { chart } from './chart';
import type { Dashboard, Widget } from './dashboard';
import { type MetricStore, minuteOf } from './metric-store';
import { STYLE } from './page-style';
import { escaped, rounded } from './text';

/** Content of the page. */
export interface PageContent {
  readonly store: MetricStore;
  /** The alarms, by ARN. */
  readonly alarms: ReadonlyMap<string, Alarm>;
  /** Milliseconds since 1970 in the cloud's time. */
  readonly now: number;
}

/** Minutes that the graphs show. */
const SHOWN_MINUTES = 60;
/** The page asks for itself again so often, in seconds. */
const REFRESH_SECONDS = 5;

/** Draws all dashboards as one HTML page without a script. */
export function dashboardPage(dashboards: readonly Dashboard[], content: PageContent): string {
  const time = new Date(content.now).toISOString().slice(0, 19).replace('T', ' ');
  const parts =
    dashboards.length === 0
      ? ['<p class="empty">There is no dashboard: no stack in this run has an AWS::CloudWatch::Dashboard.</p>']
      : dashboards.map(
          ({ name, widgets }) =>
            `<h1>${escaped(name)}</h1><main>${widgets.map((widget) => cell(widget, content)).join('')}</main>`,
        );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}"><title>Dashboard</title><style>${STYLE}</style></head>
<body><p class="time">${time} UTC in this cloud</p>${parts.join('')}</body></html>`;
}

function cell(widget: Widget, content: PageContent): string {
  const { x, y, width, height } = widget;
  const place = `grid-column:${x + 1}/span ${width};grid-row:${y + 1}/span ${height}`;
  return `<section style="${place}">${inside(widget, content)}</section>`;
}

function inside(widget: Widget, content: PageContent): string {
  switch (widget.type) {
    case 'text':
      return `<div class="text">${markdown(widget.markdown)}</div>`;
    case 'alarm':
      return `<h2>${escaped(widget.title)}</h2><ul class="alarms">${raisedFirst(widget.alarms, content).join('')}</ul>`;
    case 'metric':
      return `<h2>${escaped(widget.title)}</h2>${graph(widget, content)}`;
  }
}

/** Lists alarms, those that are raised first: a list that is longer than its widget must not hide them. */
function raisedFirst(arns: readonly string[], { alarms }: PageContent): readonly string[] {
  const order = (arn: string) => (alarms.get(arn)?.state === 'ALARM' ? 0 : 1);
  return [...arns].sort((a, b) => order(a) - order(b)).map((arn) => alarmItem(alarms.get(arn), arn));
}

function alarmItem(alarm: Alarm | undefined, arn: string): string {
  if (alarm === undefined) return `<li class="ALARM">No such alarm: ${escaped(arn)}</li>`;
  const [headline = alarm.name] = (alarm.settings.description ?? '').split('\n');
  const words = { OK: 'OK', ALARM: 'ALARM', INSUFFICIENT_DATA: 'no data yet' }[alarm.state];
  return `<li class="${alarm.state}" title="${escaped(alarm.reason)}"><b>${words}</b> ${escaped(headline)}</li>`;
}

function graph({ lines, single }: Extract<Widget, { type: 'metric' }>, { store, now }: PageContent): string {
  // The minute that is under way has not all of its data.
  const last = minuteOf(now) - 1;
  const series = lines.map((line) => ({
    label: line.label,
    values: Array.from({ length: SHOWN_MINUTES }, (_, index) =>
      store.value(line, line.statistic, last - SHOWN_MINUTES + 1 + index),
    ),
  }));
  if (!single) return chart(series);
  const figures = series.map(({ label, values }) => {
    const value = values.findLast((one) => one !== undefined);
    return `<div class="figure"><b>${value === undefined ? 'no data' : rounded(value)}</b> ${escaped(label)}</div>`;
  });
  return figures.join('');
}

/** Writes headings, list items and paragraphs; anything else stays text. */
function markdown(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('## ')) return `<h2>${escaped(line.slice(3))}</h2>`;
      return line === '' ? '' : `<p>${escaped(line)}</p>`;
    })
    .join('');
}

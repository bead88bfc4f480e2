import { ALERTS, type AlertAdvice } from '../../lambda/shared/alerts';
import { ALARM_KINDS, type AlarmKind } from '../../lib/operations/alarm-kinds';

const HEAD = `# Runbook

This page is generated from the tables that the alarms and the notices use (\`npm run docs\`).

A notice names an alarm and links to its entry. Begin there. When MediaLive has alerts set, their entries are nearer to
the cause than the alarm's.

Order of looking, whatever the alarm: the input (frames per second), the encoder (alerts, filler), the outputs (errors),
the packager (ingress, then 5xx), the edge. The first layer that is wrong is the cause.

`;

/** Writes the runbook: an entry for each kind of alarm, then one for each group of MediaLive's alerts. */
export function runbook(): string {
  const alarms = Object.entries<AlarmKind>(ALARM_KINDS).map(([slug, kind]) => alarmEntry(slug, kind));
  const alerts = ALERTS.map(alertEntry);
  return `${HEAD}## Alarms

${alarms.join('\n')}
## Alerts of MediaLive

MediaLive names alerts in words. \`npm run live -- alerts\` lists those that are set.

${alerts.join('\n')}`;
}

function alarmEntry(slug: string, { title, viewers, confirm, first, call }: AlarmKind): string {
  return entry(slug, title, [
    ['What it means for viewers', viewers],
    ['How to confirm', confirm],
    ['What to do first', first],
    ['When to call whom', call],
  ]);
}

function alertEntry({ slug, types, viewers, confirm, first, call, inputLost }: AlertAdvice): string {
  const counted: readonly (readonly [string, string])[] =
    inputLost === true
      ? [
          [
            'Money guard',
            'Counts as lost input: the channel is stopped when it lasts (`autoStop.afterInputLossMinutes`).',
          ],
        ]
      : [];
  return entry(`alert-${slug}`, types.join(' · '), [
    ['What it means for viewers', viewers],
    ['How to confirm', confirm],
    ['What to do first', first],
    ['When to call whom', call],
    ...counted,
  ]);
}

/** Anchors are written out, because those that pages make of headings follow the words of the heading. */
function entry(slug: string, title: string, lines: readonly (readonly [string, string])[]): string {
  return `### <a id="${slug}"></a>${title}

${lines.map(([label, text]) => `- **${label}:** ${text}`).join('\n')}
`;
}

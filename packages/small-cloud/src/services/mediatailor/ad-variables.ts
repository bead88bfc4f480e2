import { randomInt } from 'node:crypto';
import type { Avail } from './guided-playlist';
import type { Session } from './session';
import type { Viewer } from './tailor-answer';

/** The knowledge of MediaTailor when it asks for the ads of a break. */
export interface AdQuestion {
  readonly session: Session;
  readonly avail: Avail;
  readonly viewer: Viewer;
}

/**
 * Fills the variables of the URL of an ad server. A variable without a value is empty, and so is one of another name.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/variables-session.html
 */
export function filledUrl(template: string, question: AdQuestion): string {
  const values = valuesOf(question);
  return template.replace(/\[([\w.-]+)\]/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function valuesOf({ session, avail, viewer }: AdQuestion): Readonly<Record<string, string>> {
  const { splice, seconds } = avail;
  const player = Object.entries(session.params).map(([name, value]) => [`player_params.${name}`, value]);
  const scte = Object.entries({
    'scte.event_id': splice.eventId,
    'scte.segmentation_event_id': splice.eventId,
    'scte.unique_program_id': splice.uniqueProgramId,
    'scte.avail_num': splice.availNum,
    'scte.avails_expected': splice.availsExpected,
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return {
    ...Object.fromEntries(player),
    ...Object.fromEntries(scte),
    'avail.random': String(randomInt(10_000_000_000)),
    'session.avail_duration_ms': String(Math.round(seconds * 1000)),
    'session.avail_duration_secs': String(Math.round(seconds)),
    'session.client_ip': viewer.ip,
    'session.user_agent': viewer.userAgent,
    'session.referer': viewer.referer,
    'session.id': String(Number.parseInt(viewer.id.slice(0, 8), 16)),
    'session.uuid': viewer.id,
  };
}

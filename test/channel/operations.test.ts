import { describe, expect, test } from '@jest/globals';
import { problems } from './problems';

const described = (operations: object) => ({ operations, channels: [{ name: 'main', input: { kind: 'test-clip' } }] });

describe('operations', () => {
  test.each([
    [
      { probe: false, alarms: { staleSeconds: 30 } },
      'operations.alarms.staleSeconds: 30 was given with probe: false; the probe measures it: leave one of them out',
    ],
    [
      { probe: false, alarms: { delaySeconds: 30 } },
      'operations.alarms.delaySeconds: 30 was given with probe: false; the probe measures it: leave one of them out',
    ],
    [
      { alarms: false, dashboard: false, runbook: 'https://example.com' },
      'operations.runbook: an address was given with alarms: false and dashboard: false; nothing would link to it: leave it out',
    ],
    [
      { runbook: 'http://example.com' },
      'operations.runbook: "http://example.com" was given; an https URL without blanks is needed',
    ],
  ])('refuse %j', (operations, sentence) => {
    expect(problems(described(operations))).toEqual([sentence]);
  });

  test.each([
    [{ probe: false, alarms: { silenceMinutes: 3 } }],
    [{ alarms: false, runbook: 'https://example.com/runbook' }],
    [{ dashboard: false, runbook: 'https://example.com/runbook' }],
  ])('take %j', (operations) => {
    expect(problems(described(operations))).toEqual([]);
  });
});

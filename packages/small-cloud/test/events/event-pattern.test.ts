import { describe, expect, test } from '@jest/globals';
import { UnsupportedError, type Value } from '../../src/contract';
import { eventPattern } from '../../src/services/events/event-pattern';

const EVENT = {
  source: 'aws.medialive',
  'detail-type': 'MediaLive Channel Alert',
  resources: ['arn:aws:medialive:eu-west-1:1:channel:1', 'arn:aws:medialive:eu-west-1:1:channel:2'],
  detail: {
    alarm_state: 'SET',
    pipeline: 0,
    message: 'Is it? */x',
    final: true,
    none: null,
    empty: [],
    outputs: [
      { name: 'hd', state: 'ok' },
      { name: 'sd', state: 'lost' },
    ],
  },
};

const detail = (below: Value): Value => ({ detail: below });

describe('an event pattern', () => {
  test.each<[string, Value, boolean]>([
    ['an exact value', { source: ['aws.medialive'] }, true],
    ['another value', { source: ['aws.medialive2'] }, false],
    ['one of several values', { source: ['aws.s3', 'aws.medialive'] }, true],
    ['all of its fields', { source: ['aws.medialive'], 'detail-type': ['Other'] }, false],
    ['an element of a list', { resources: ['arn:aws:medialive:eu-west-1:1:channel:2'] }, true],
    ['a number', detail({ pipeline: [0] }), true],
    ['a number that is a string', detail({ pipeline: ['0'] }), false],
    ['a boolean and null', detail({ final: [true], none: [null] }), true],
    ['a prefix', { source: [{ prefix: 'aws.' }] }, true],
    ['another prefix', { source: [{ prefix: 'medialive' }] }, false],
    ['a prefix of one element', { resources: [{ prefix: 'arn:aws:medialive' }] }, true],
    ['a suffix', { source: [{ suffix: '.medialive' }] }, true],
    ['another suffix', { source: [{ suffix: 'aws' }] }, false],
    ['any case', detail({ alarm_state: [{ 'equals-ignore-case': 'set' }] }), true],
    ['a wildcard', { 'detail-type': [{ wildcard: 'MediaLive*Alert' }] }, true],
    ['a wildcard, in which ? is itself', detail({ message: [{ wildcard: 'Is i??*' }] }), false],
    ['a wildcard with a ?', detail({ message: [{ wildcard: 'Is it? *' }] }), true],
    ['anything but', detail({ alarm_state: [{ 'anything-but': 'CLEARED' }] }), true],
    ['anything but what it is', detail({ alarm_state: [{ 'anything-but': ['SET', 'CLEARED'] }] }), false],
    ['anything but a prefix', detail({ alarm_state: [{ 'anything-but': { prefix: 'S' } }] }), false],
    ['anything but a suffix', detail({ alarm_state: [{ 'anything-but': { suffix: 'D' } }] }), true],
    ['anything but, of nothing', detail({ nobody: [{ 'anything-but': 'x' }] }), false],
    ['what exists', detail({ alarm_state: [{ exists: true }] }), true],
    ['what does not', detail({ nobody: [{ exists: true }] }), false],
    ['the absence of what is absent', detail({ nobody: [{ exists: false }], empty: [{ exists: false }] }), true],
    ['the absence of what is there', detail({ alarm_state: [{ exists: false }] }), false],
    ['the absence below an absence', detail({ nobody: { here: [{ exists: false }] } }), true],
    ['an absence or a value', detail({ alarm_state: ['SET', { exists: false }] }), true],
    ['an object of a list', detail({ outputs: { name: ['sd'], state: ['lost'] } }), true],
    ['no two objects at once', detail({ outputs: { name: ['hd'], state: ['lost'] } }), false],
  ])('asks for %s', (_, pattern, fits) => {
    expect(eventPattern(pattern, 'Rule.EventPattern').matches(EVENT)).toBe(fits);
  });

  test.each<[string, Value, string]>([
    ['numeric', detail({ pipeline: [{ numeric: ['=', 0] }] }), 'P.detail.pipeline[0].numeric is not modelled'],
    ['cidr', { source: [{ cidr: '10.0.0.0/8' }] }, 'P.source[0].cidr is not modelled'],
    ['$or', { $or: [{ source: ['a'] }] }, 'P.$or is not modelled'],
    ['what nobody knows', { source: [{ like: 'x' }] }, 'P.source[0].like is not modelled'],
    ['an escaped wildcard', { source: [{ wildcard: '\\*' }] }, 'an escaped or doubled * in "\\\\*" is not modelled'],
    ['what nobody knows in anything-but', { source: [{ 'anything-but': { cidr: 'x' } }] }, 'anything-but.cidr'],
  ])('refuses %s', (_, pattern, sentence) => {
    expect(() => eventPattern(pattern, 'P')).toThrow(UnsupportedError);
    expect(() => eventPattern(pattern, 'P')).toThrow(sentence);
  });

  test.each<[string, Value, string]>([
    ['nothing', {}, 'P: Event pattern is not valid'],
    [
      'a bare value',
      { source: 'aws.s3' },
      'P.source: Event pattern is not valid. Reason: it must be an object or an array',
    ],
    ['an empty list', { source: [] }, 'Empty arrays are not allowed'],
    ['an operator outside of a list', { source: { prefix: 'aws' } }, '"prefix" belongs into a list'],
    ['two operators at once', { source: [{ prefix: 'a', suffix: 'b' }] }, 'one operator is expected'],
    ['a prefix that is not a string', { source: [{ prefix: 1 }] }, 'a string expected, not 1'],
    ['exists that is not a Boolean', { source: [{ exists: 'yes' }] }, 'true or false expected'],
  ])('refuses %s, as EventBridge does', (_, pattern, sentence) => {
    expect(() => eventPattern(pattern, 'P')).toThrow(sentence);
  });
});

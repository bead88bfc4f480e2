import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { HELP } from '../../../bin/live/help';

const PLAIN = {
  command: 'status',
  channel: undefined,
  stack: 'live-streaming',
  region: undefined,
  endpoint: undefined,
  json: false,
  check: false,
  all: false,
  wait: true,
  timeoutSeconds: 900,
  everySeconds: 5,
  sinceMilliseconds: 86_400_000,
  hours: 2,
  once: false,
  watch: false,
};

const VIEWER = { action: 'add', email: 'a@b.c', join: [], leave: [], password: undefined };

describe('the words after npm run live --', () => {
  test.each<[string, object]>([
    ['status', {}],
    ['urls stage', { command: 'urls', channel: 'stage' }],
    [
      'status --stack other --region eu-west-1 --json --check',
      { stack: 'other', region: 'eu-west-1', json: true, check: true },
    ],
    ['status --local', { endpoint: 'http://127.0.0.1:4566' }],
    ['status --endpoint http://127.0.0.1:4000', { endpoint: 'http://127.0.0.1:4000' }],
    ['start stage --timeout 60 --no-wait', { command: 'start', channel: 'stage', timeoutSeconds: 60, wait: false }],
    ['alerts --all', { command: 'alerts', all: true }],
    ['history --since 2h', { command: 'history', sinceMilliseconds: 7_200_000 }],
    [
      'viewer add a@b.c --group main --group stage --password p',
      { command: 'viewer', viewer: { ...VIEWER, join: ['main', 'stage'], password: 'p' } },
    ],
    [
      'viewer groups a@b.c --add main --remove stage',
      { command: 'viewer', viewer: { ...VIEWER, action: 'groups', join: ['main'], leave: ['stage'] } },
    ],
    ['viewer list --json', { command: 'viewer', json: true, viewer: { ...VIEWER, action: 'list', email: '' } }],
    ['watch --every 10', { command: 'watch', everySeconds: 10 }],
    ['revoke --all', { command: 'revoke', all: true }],
    ['link main --hours 3 --once', { command: 'link', channel: 'main', hours: 3, once: true }],
  ])('%s', (words, difference) => {
    expect(parseRequest(words.split(' '))).toEqual({ ...PLAIN, ...difference });
  });

  test('ask for help with --help, whatever else they say', () => {
    expect(parseRequest(['--help'])).toBe('help');
    expect(parseRequest(['status', '--help'])).toBe('help');
  });

  test.each([
    [
      '',
      'No command was given; one of status, urls, start, stop, restart, alerts, history, watch, sessions, revoke, link, viewer, audience, query, clip, recordings, chat, ad-break, ads, poll is needed.',
    ],
    [
      'begin',
      'Command "begin" was given; one of status, urls, start, stop, restart, alerts, history, watch, sessions, revoke, link, viewer, audience, query, clip, recordings, chat, ad-break, ads, poll is needed.',
    ],
    ['stop one two', '2 channels were given; stop takes the name of one, or none for all.'],
    ['viewer', 'Nothing was given after viewer; one of add, remove, groups, list is needed.'],
    ['viewer show a@b.c', '"show" was given after viewer; one of add, remove, groups, list is needed.'],
    ['viewer add', 'Nothing was given; viewer add takes the e-mail address of one viewer.'],
    ['viewer add ana', 'ana was given; viewer add takes the e-mail address of one viewer.'],
    ['viewer remove a@b.c d@e.f', 'a@b.c d@e.f was given; viewer remove takes the e-mail address of one viewer.'],
    ['viewer list a@b.c', 'a@b.c was given; viewer list takes no e-mail address.'],
    ['viewer remove a@b.c --password p', '--password was given to viewer remove; it belongs to viewer add.'],
    ['viewer add a@b.c --add main', '--add was given to viewer add; it belongs to viewer groups.'],
    ['status --group main', '--group was given to status; it belongs to viewer.'],
    ['status --nonsense', "Unknown option '--nonsense'."],
    ['stop --check', '--check was given to stop; it belongs to status.'],
    [
      'restart --no-wait',
      '--no-wait was given to restart; it belongs to start, stop, poll. A restart must wait for IDLE',
    ],
    ['start --timeout soon', '--timeout soon was given; a number of seconds from 1 to 86400 is needed.'],
    ['watch --every 0', '--every 0 was given; a number of seconds from 1 to 86400 is needed.'],
    ['status --endpoint here', '--endpoint here was given; a URL such as http://127.0.0.1:4566 is needed.'],
    ['status --local --region eu-west-1', '--region was given for a local run, which is always in us-east-1'],
  ])('are refused with a sentence and exit code 1: "%s"', (words, sentence) => {
    const parse = () => parseRequest(words.split(' ').filter((word) => word !== ''));
    expect(parse).toThrow(expect.objectContaining({ message: expect.stringContaining(sentence), exitCode: 1 }));
  });

  test('are all explained by --help, as are the exit codes', () => {
    const said = [
      'stack',
      'region',
      'local',
      'endpoint',
      'json',
      'check',
      'all',
      'timeout',
      'no-wait',
      'every',
      'group',
      'password',
      'add, --remove',
      'help',
    ];
    expect(said.filter((option) => !HELP.includes(`\n  --${option}`))).toEqual([]);
    expect([...HELP.matchAll(/^ {2}(\d+) {2}/gm)].map(([, code]) => Number(code))).toEqual([0, 1, 2, 3, 4, 5, 130]);
  });
});

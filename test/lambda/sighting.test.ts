import { describe, expect, test } from '@jest/globals';
import { deviceOf, networkOf, sighting } from '../../lambda/viewer-sessions/sighting';

describe('the network of a viewer', () => {
  test.each([
    ['203.0.113.7:4711', '203.0.113.0/24'],
    ['2001:db8:aa:bb::1:4711', '2001:db8:aa::/48'],
    ['[2001:DB8:aa:bb::1]:443', '2001:db8:aa::/48'],
    ['2001:db8::7:443', '2001:db8:0::/48'],
    ['::1:443', '0:0:0::/48'],
    ['2001:db8:aa:bb:1:2:3:4:443', '2001:db8:aa::/48'],
    ['', ''],
    ['nonsense', ''],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the device of a viewer', () => {
  const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
  test.each([
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.0 Safari/605.1.15`, 'Safari on a Mac'],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${WEBKIT} Version/18.0 Safari/604.1`, 'Safari on iPhone'],
    [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [`Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) ${WEBKIT} Version/7.0 TV Safari/537.36`, 'Safari on a Samsung TV'],
    [`Mozilla/5.0 (Web0S; Linux/SmartTV) ${WEBKIT} Chrome/94.0 Safari/537.36`, 'Chrome on an LG TV'],
    ['AppleCoreMedia/1.0.0 (AppleTV; U; CPU OS 18_0 like Mac OS X)', 'A player on Apple TV'],
    ['curl/8.5.0', 'another device'],
    ['', 'another device'],
  ])('with %s is %s', (agent, device) => {
    expect(deviceOf(agent)).toBe(device);
  });
});

test('a request of which CloudFront says nothing leaves no traces but the kind of device', () => {
  expect(sighting({})).toEqual({
    country: '',
    device: 'another device',
    seenFrom: { countries: [], networks: [], agents: ['another device'] },
  });
});

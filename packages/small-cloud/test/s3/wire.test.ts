import { describe, expect, test } from '@jest/globals';
import { verified } from '../../src/services/kit/objects/checksum';
import { unchunked } from '../../src/wire/aws-chunked';
import { xmlDocument, xmlElements } from '../../src/wire/xml';

describe('aws-chunked', () => {
  test.each([
    ['one chunk', '5\r\nhello\r\n0\r\n\r\n', 'hello', {}],
    ['two chunks', '3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n', 'hello', {}],
    ['signatures', '5;chunk-signature=ab\r\nhello\r\n0;chunk-signature=cd\r\n\r\n', 'hello', {}],
    [
      'a trailer',
      'A\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:abc=\r\n\r\n',
      '0123456789',
      { 'x-amz-checksum-crc32': 'abc=' },
    ],
    ['nothing', '0\r\n\r\n', '', {}],
  ])('with %s is undone', (_, text, body, trailers) => {
    const answer = unchunked(Buffer.from(text));
    expect([answer?.body.toString(), answer?.trailers]).toEqual([body, trailers]);
  });

  test.each(['5\r\nhel', '', 'zz\r\nhello\r\n0\r\n', 'FFFF\r\nhello\r\n0\r\n'])(
    'finds that the body is truncated:  %j',
    (text) => {
      expect(unchunked(Buffer.from(text))).toBeUndefined();
    },
  );
});

describe('a checksum', () => {
  // The check values of the published catalogue of CRC algorithms, over "123456789".
  test.each([
    ['x-amz-checksum-crc32', 'cbf43926'],
    ['x-amz-checksum-crc32c', 'e3069283'],
    ['x-amz-checksum-crc64nvme', 'ae8b14860a799888'],
    ['x-amz-checksum-sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ])('%s is %s', (header, hex) => {
    const value = Buffer.from(hex, 'hex').toString('base64');
    expect(verified(Buffer.from('123456789'), { [header]: value })).toEqual({ header, value });
    expect(() => verified(Buffer.from('12345678'), { [header]: value })).toThrow('did not match');
  });

  test('in Content-MD5 is compared', () => {
    expect(verified(Buffer.from('hello'), { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' })).toBeUndefined();
    expect(() => verified(Buffer.from('hell'), { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' })).toThrow('Content-MD5');
  });

  test('refuses an algorithm that it does not know', () => {
    expect(() => verified(Buffer.from(''), { 'x-amz-checksum-md99': 'x' })).toThrow('x-amz-checksum-md99');
  });
});

describe('XML', () => {
  test('carries text that looks like markup there and back', () => {
    const document = xmlDocument('Root', 'urn:x', { Item: [{ Key: 'a<&>"b' }, { Key: 'ü' }], None: undefined });
    expect(document).toContain('<Root xmlns="urn:x">');
    expect(xmlElements(document, 'Item').flatMap((item) => xmlElements(item, 'Key'))).toEqual(['a<&>"b', 'ü']);
    expect(document).not.toContain('None');
  });

  test('resolves the entities of other writers', () => {
    expect(xmlElements('<K>&#x41;&#66;&apos;&amp;lt;</K>', 'K')).toEqual(["AB'&lt;"]);
  });
});

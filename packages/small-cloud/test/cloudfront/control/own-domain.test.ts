import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { distribution, TestEdge } from '../test-edge';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/1a2b-3c4d';
const WEB_ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/live/1a2b-3c4d';

let edge: TestEdge;

beforeEach(() => {
  edge = new TestEdge((_, response) => void response.end());
});

afterEach(() => edge.stop());

const own = (certificate: Properties = {}): Properties => ({
  Aliases: ['live.example.com'],
  ViewerCertificate: {
    AcmCertificateArn: CERTIFICATE,
    SslSupportMethod: 'sni-only',
    MinimumProtocolVersion: 'TLSv1.2_2021',
    ...certificate,
  },
});

describe('a distribution with a domain name of its own', () => {
  test('is found by the name in the local run, until it changes', async () => {
    await edge.start(distribution({}, own()));
    const { names } = edge.cloud;
    expect(names.resolve('live.example.com')).toBe(names.resolve(edge.domainName));
    await edge.update(distribution({}, { ...own(), Aliases: ['tv.example.com'] }));
    expect(names.resolve('live.example.com')).toBeUndefined();
    expect(names.resolve('tv.example.com')).toBe(names.resolve(edge.domainName));
    const second = edge.create('Distribution', distribution({}, { ...own(), Aliases: ['tv.example.com'] }));
    await expect(second).rejects.toMatchObject({ code: 'CNAMEAlreadyExists' });
  });

  test('is served all the same, and says that the name has no effect elsewhere', async () => {
    await edge.start(distribution({}, own()));
    expect((await edge.get('/a')).status).toBe(200);
    expect(edge.cloud.told).toEqual([expect.stringContaining('live.example.com has no effect outside the local run')]);
  });

  test.each<[string, Properties, string]>([
    ['without a certificate', { Aliases: ['live.example.com'] }, 'Aliases: live.example.com was given without'],
    [
      'with a certificate in another Region',
      own({ AcmCertificateArn: CERTIFICATE.replace('us-east-1', 'eu-west-1') }),
      'CloudFront takes those in us-east-1 alone',
    ],
    ['with a certificate that is none', own({ AcmCertificateArn: 'arn:x' }), 'AcmCertificateArn: arn:x was given'],
    ['with an address of its own', own({ SslSupportMethod: 'vip' }), 'SslSupportMethod: vip is not modelled'],
    ['with SSL', own({ MinimumProtocolVersion: 'SSLv3' }), 'MinimumProtocolVersion: SSLv3 is not modelled'],
    ['with two certificates', own({ CloudFrontDefaultCertificate: true }), 'one is needed'],
  ])('is refused %s', async (_, config, sentence) => {
    await expect(edge.start(distribution({}, config))).rejects.toThrow(sentence);
  });
});

describe('a distribution with a web ACL', () => {
  test('says that the ACL has no effect here', async () => {
    await edge.start(distribution({}, { WebACLId: WEB_ACL }));
    expect(edge.cloud.told).toEqual([expect.stringContaining('The web ACL has no effect in the local run')]);
  });

  test.each([
    ['of another Region', WEB_ACL.replace('us-east-1', 'eu-west-1'), 'in us-east-1 alone'],
    ['of the scope REGIONAL', WEB_ACL.replace('global', 'regional'), 'the scope CLOUDFRONT is needed'],
    ['of the old WAF', '473e64fd-f30b-4765-81a0-62ad96dd167a', 'an ARN is needed'],
  ])('is refused one %s', async (_, WebACLId, sentence) => {
    await expect(edge.start(distribution({}, { WebACLId }))).rejects.toThrow(sentence);
  });
});

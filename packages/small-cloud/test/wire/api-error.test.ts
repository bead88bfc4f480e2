import { describe, expect, test } from '@jest/globals';
import { apiError } from '../../src/wire/api-error';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

describe('an error of the local API', () => {
  test.each([
    [
      'JSON for MediaLive',
      { service: 'medialive', contentType: 'application/json' },
      '{"__type":"Code","message":"a < b & c"}',
    ],
    ['JSON when the service is unknown', { service: undefined }, '{"__type":"Code","message":"a < b & c"}'],
    [
      'the XML of S3',
      { service: 's3' },
      '<?xml version="1.0"?><Error><Code>Code</Code><Message>a &lt; b &amp; c</Message></Error>',
    ],
    [
      'the XML of CloudFront',
      { service: 'cloudfront' },
      '<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code>Code</Code><Message>a &lt; b &amp; c</Message></Error></ErrorResponse>',
    ],
    [
      'the XML of the query protocol',
      { service: 'sts', contentType: FORM },
      '<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code>Code</Code><Message>a &lt; b &amp; c</Message></Error></ErrorResponse>',
    ],
  ])('is %s', (_, asked, body) => {
    expect(apiError(asked, 403, 'Code', 'a < b & c')).toMatchObject({ status: 403, body });
  });

  test('names its code in a header for JSON services', () => {
    expect(apiError({ service: 'medialive' }, 501, 'NotImplemented', '').headers).toMatchObject({
      'x-amzn-errortype': 'NotImplemented',
    });
  });
});

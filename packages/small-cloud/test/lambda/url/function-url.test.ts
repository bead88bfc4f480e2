import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties, ResourceProvider, ResourceState } from '../../../src/contract';
import { Iam } from '../../../src/services/iam/iam';
import { LocalNames } from '../../../src/wire/local-names';
import { LambdaBench } from '../lambda-bench';
import { askUrl, EDGE_PROOF, type UrlAnswer, type UrlQuestion } from './ask-url';

const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const DISTRIBUTION = EDGE_PROOF['x-origin-access-source'];
const ECHO = 'exports.handler = async (event) => event;';

let bench: LambdaBench;
let names: LocalNames;
let functionArn: string;

beforeAll(async () => {
  const iam = new Iam({ partition: 'aws', accountId: '111122223333', tell: () => {} });
  names = new LocalNames();
  bench = new LambdaBench({ access: { policyAllows: (...asked) => iam.policyAllows(...asked) }, names });
  await bench.api.start();
});

afterAll(() => bench.close());

beforeEach(async () => {
  functionArn = await bench.create({ Code: { ZipFile: ECHO } });
});

function provider(type: string): ResourceProvider {
  const found = bench.lambda.resources[type];
  if (found === undefined) throw new Error(`no provider for ${type}`);
  return found;
}

function request(type: string, properties: Properties) {
  return { stackName: 'Live', stackId: 'stack-id', logicalId: 'Url', type, properties };
}

async function makeUrl(properties: Properties = {}): Promise<ResourceState> {
  const type = 'AWS::Lambda::Url';
  return provider(type).create(request(type, { TargetFunctionArn: functionArn, AuthType: 'AWS_IAM', ...properties }));
}

async function permit(Action: string, properties: Properties = {}): Promise<void> {
  const type = 'AWS::Lambda::Permission';
  const given = { FunctionName: functionArn, Principal: 'cloudfront.amazonaws.com', SourceArn: DISTRIBUTION };
  await provider(type).create(request(type, { ...given, Action, ...properties }));
}

/** Makes a URL that the edge may use, as the CDK does. */
async function edgeUrl(): Promise<(question?: UrlQuestion) => Promise<UrlAnswer>> {
  const made = await makeUrl();
  await permit('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'AWS_IAM' });
  await permit('lambda:InvokeFunction', { InvokedViaFunctionUrl: true });
  return (question = {}) => ask(made, { ...question, headers: { ...EDGE_PROOF, ...question.headers } });
}

function ask(made: ResourceState, question: UrlQuestion = {}): Promise<UrlAnswer> {
  const { hostname } = new URL(String(made.attributes['FunctionUrl']));
  return askUrl(String(names.resolve(hostname)), hostname, question);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('a function URL', () => {
  test('has a domain of its own, and is known by the ARN of its function', async () => {
    const made = await makeUrl();
    expect([made.physicalId, made.ref, made.attributes['FunctionArn']]).toEqual([
      functionArn,
      functionArn,
      functionArn,
    ]);
    expect(made.attributes['FunctionUrl']).toMatch(/^https:\/\/[a-z2-7]{32}\.lambda-url\.eu-west-1\.on\.aws\/$/);
  });

  test('invokes its function with an event in payload format 2.0', async () => {
    const asked = await edgeUrl();
    const { status, body } = await asked({
      path: '/api/session?channel=main&channel=b%20c&x=1',
      headers: { cookie: 'a=1; b=2', 'user-agent': 'Amazon CloudFront', authorization: 'x', 'X-Viewer-Token': 't' },
    });
    expect(status).toBe(200);
    const event = JSON.parse(body);
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/api/session',
      rawQueryString: 'channel=main&channel=b%20c&x=1',
      queryStringParameters: { channel: 'main,b c', x: '1' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-viewer-token': 't', host: event.requestContext.domainName },
      isBase64Encoded: false,
      requestContext: {
        accountId: '111122223333',
        stage: '$default',
        http: { method: 'GET', path: '/api/session', protocol: 'HTTP/1.1', userAgent: 'Amazon CloudFront' },
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
    });
    expect(Object.keys(event)).not.toContain('body');
    expect(Object.keys(event.headers)).not.toContain('cookie');
    expect(body).not.toContain('x-origin-access');
  });

  test('passes text on as text, and any other body in base64', async () => {
    const asked = await edgeUrl();
    const post = async (body: string, type: string) => {
      const headers = { 'content-type': type, 'x-amz-content-sha256': hashOf(body) };
      return JSON.parse((await asked({ method: 'POST', body, headers })).body);
    };
    expect(await post('{"a":1}', 'application/json')).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
    expect(await post('abc', 'image/png')).toMatchObject({ body: 'YWJj', isBase64Encoded: true });
  });
});

describe('a function URL with AWS_IAM', () => {
  test('refuses a caller that does not prove itself, even where everyone is allowed', async () => {
    const made = await makeUrl();
    for (const action of ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']) {
      await permit(action, { Principal: '*', SourceArn: null });
    }
    const answer = await ask(made);
    expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } });
    expect(JSON.parse(answer.body).Message).toMatch(/^Forbidden\./);
  });

  test('wants permission for the URL and for the function, for that distribution', async () => {
    const made = await makeUrl();
    const status = async (headers = {}) => (await ask(made, { headers: { ...EDGE_PROOF, ...headers } })).status;
    expect(await status()).toBe(403);
    await permit('lambda:InvokeFunctionUrl');
    expect(await status()).toBe(403);
    expect(bench.told).toContain('allows lambda:InvokeFunction to cloudfront.amazonaws.com');
    await permit('lambda:InvokeFunction', { InvokedViaFunctionUrl: true });
    expect(await status()).toBe(200);
    expect(await status({ 'x-origin-access-source': `${DISTRIBUTION}X` })).toBe(403);
  });

  test('is not opened by a permission for URLs that everyone may use', async () => {
    const made = await makeUrl();
    await permit('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' });
    await permit('lambda:InvokeFunction');
    expect((await ask(made, { headers: EDGE_PROOF })).status).toBe(403);
  });

  test.each([
    ['without a hash', '', {}, 403],
    ['with the hash of another body', '', { 'x-amz-content-sha256': hashOf('x') }, 403],
    ['with the hash of nothing and no body', '', { 'x-amz-content-sha256': EMPTY_HASH }, 200],
    ['with the hash of nothing and a body', 'x', { 'x-amz-content-sha256': EMPTY_HASH }, 403],
    ['with the hash of its body', 'x', { 'x-amz-content-sha256': hashOf('x') }, 200],
  ])('answers a POST %s', async (_, body, headers, expected) => {
    const asked = await edgeUrl();
    const answer = await asked({ method: 'POST', body, headers });
    expect(answer.status).toBe(expected);
    if (expected === 200) return;
    expect(answer.headers['x-amzn-errortype']).toBe('InvalidSignatureException');
    expect(JSON.parse(answer.body).message).toContain('The request signature we calculated does not match');
  });

  test('answers GET and HEAD without a hash', async () => {
    const asked = await edgeUrl();
    expect((await asked({ method: 'GET' })).status).toBe(200);
    expect(await asked({ method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});

describe('a function URL without authorization', () => {
  test('still wants permissions for everyone', async () => {
    const made = await makeUrl({ AuthType: 'NONE' });
    expect((await ask(made)).status).toBe(403);
    const everyone = { Principal: '*', SourceArn: null };
    await permit('lambda:InvokeFunctionUrl', { ...everyone, FunctionUrlAuthType: 'NONE' });
    await permit('lambda:InvokeFunction', { ...everyone, InvokedViaFunctionUrl: true });
    const answer = await ask(made);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).requestContext.accountId).toBe('anonymous');
  });

  test('does not let anyone else invoke the function', async () => {
    await permit('lambda:InvokeFunction', { Principal: '*', SourceArn: null, InvokedViaFunctionUrl: true });
    expect(bench.lambda.permits(functionArn, 'events.amazonaws.com', 'arn:aws:events:eu-west-1:1:rule/r')).toBe(false);
  });
});

describe('AWS::Lambda::Url', () => {
  test('changes who may ask in place, and forgets its domain when it is deleted', async () => {
    const made = await makeUrl();
    const { hostname } = new URL(String(made.attributes['FunctionUrl']));
    const changed = request('AWS::Lambda::Url', { TargetFunctionArn: functionArn, AuthType: 'NONE' });
    await provider('AWS::Lambda::Url').update?.(made, changed, {});
    await permit('lambda:InvokeFunctionUrl', { Principal: '*', SourceArn: null, FunctionUrlAuthType: 'NONE' });
    await permit('lambda:InvokeFunction', { Principal: '*', SourceArn: null });
    expect((await ask(made)).status).toBe(200);
    await provider('AWS::Lambda::Url').delete(made, changed);
    expect(names.resolve(hostname)).toBeUndefined();
  });

  test('refuses a second URL, an unknown function, and what is not modelled', async () => {
    await makeUrl();
    await expect(makeUrl()).rejects.toThrow('FunctionUrlConfig exists for this Lambda function');
    await expect(makeUrl({ TargetFunctionArn: 'nobody' })).rejects.toThrow('Function not found: nobody');
    await expect(makeUrl({ TargetFunctionArn: 'a:live' })).rejects.toThrow('TargetFunctionArn: a:live is not modelled');
    await expect(makeUrl({ InvokeMode: 'RESPONSE_STREAM' })).rejects.toThrow('Url.InvokeMode: RESPONSE_STREAM');
    await expect(makeUrl({ Cors: { AllowOrigins: ['*'] } })).rejects.toThrow('Url.Cors is not modelled');
  });

  test('refuses permissions whose condition does not go with their action', async () => {
    await expect(permit('lambda:InvokeFunction', { FunctionUrlAuthType: 'NONE' })).rejects.toThrow(
      'FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl',
    );
    await expect(permit('lambda:InvokeFunctionUrl', { InvokedViaFunctionUrl: true })).rejects.toThrow(
      'InvokedViaFunctionUrl is only supported for lambda:InvokeFunction',
    );
  });
});

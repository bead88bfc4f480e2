import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CloudFront } from '../../src/services/cloudfront/cloudfront';
import { distribution } from '../cloudfront/test-edge';
import { get, TestOrigin } from '../cloudfront/test-origin';
import { CHALLENGE, PASSWORD, TestSignIn, VERIFIER } from './test-sign-in';

let signIn: TestSignIn;
let edge: CloudFront;
let origin: TestOrigin;
/** Address of the edge on this machine. */
let base: string;

beforeEach(async () => {
  signIn = new TestSignIn();
  origin = new TestOrigin((_, response) => {
    const tokenUrl = 'https://live-1.auth.eu-west-1.amazoncognito.com/oauth2/token';
    const authorizeUrl = 'https://live-1.auth.eu-west-1.amazoncognito.com/oauth2/authorize';
    const settings = { access: { signIn: { authorizeUrl, tokenUrl, clientId: signIn.clientId } } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(settings));
  });
  signIn.cloud.names.register('origin.example', await origin.start());
  edge = new CloudFront(signIn.cloud, { port: 0 });
  const made = await signIn.cloud.create(edge, 'AWS::CloudFront::Distribution', 'Edge', distribution());
  base = signIn.cloud.names.resolve(made.attribute('DomainName')) ?? '';
  await signIn.start({ CallbackURLs: [`https://${made.attribute('DomainName')}/`] });
});

afterEach(async () => {
  await edge.stop();
  await origin.stop();
  await signIn.stop();
});

describe('a page of the edge', () => {
  test('signs a viewer in without leaving its own origin', async () => {
    const settings = JSON.parse((await get(`${base}/config.json`)).body.toString()).access.signIn;
    const page = { origin: base, 'sec-fetch-site': 'same-origin' };
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: settings.clientId,
      redirect_uri: `${base}/`,
      scope: 'openid email',
      state: 's',
      code_challenge_method: 'S256',
      code_challenge: CHALLENGE,
    });
    const asked = await get(`${base}${settings.authorizeUrl}?${query}`, { 'sec-fetch-site': 'same-origin' });
    const login = `${base}${asked.headers.location}`;
    expect(login).toMatch(/\/_hosts\/live-1\.auth\.eu-west-1\.amazoncognito\.com\/login\?/);
    expect((await get(login)).body.toString()).toContain('main@example.com');

    const form = { ...page, 'content-type': 'application/x-www-form-urlencoded' };
    const fields = new URLSearchParams({ username: 'main@example.com', password: PASSWORD });
    const back = new URL((await get(login, form, 'POST', fields.toString())).headers.location ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(`${base}/`);
    expect(back.searchParams.get('state')).toBe('s');

    const exchange = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: settings.clientId,
      code: back.searchParams.get('code') ?? '',
      redirect_uri: `${base}/`,
      code_verifier: VERIFIER,
    });
    const tokens = await get(`${base}${settings.tokenUrl}`, form, 'POST', exchange.toString());
    expect(JSON.parse(tokens.body.toString())).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    expect(origin.asked.map(({ url }) => url)).toEqual(['/config.json']);
  });
});

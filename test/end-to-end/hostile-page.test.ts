import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { LoopbackServer } from 'small-cloud/testing';
import { openBrowser } from './browser';
import { LocalCommand } from './command';

jest.setTimeout(300_000);

const PROOF = 'code of a stack ran';

/** A stack whose function runs as soon as it is created. */
const TEMPLATE = JSON.stringify({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Payload: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: `exports.handler = async () => console.log('${PROOF}');` },
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Runtime: 'nodejs22.x',
      },
    },
    Now: {
      Type: 'Custom::Now',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Payload', 'Arn'] }, ServiceTimeout: 5 },
    },
  },
});

const CALL = { Action: 'CreateStack', StackName: 'evil', TemplateBody: TEMPLATE, Version: '2010-05-15' };
const FORM = new URLSearchParams({ ...CALL, 'Capabilities.member.1': 'CAPABILITY_IAM' }).toString();
/** Credentials in the query, which a form can send. */
const QUERY = '?X-Amz-Credential=x%2F20261128%2Fus-east-1%2Fcloudformation%2Faws4_request';
const SIGNED = 'AWS4-HMAC-SHA256 Credential=x/20261128/us-east-1/cloudformation/aws4_request';

const FIELDS = Object.entries({ ...CALL, 'Capabilities.member.1': 'CAPABILITY_IAM' })
  .map(([name, value]) => `<input name="${name}" value="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`)
  .join('');
const site = new LoopbackServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(`<form method="post" action="${cloud.apiUrl}/${QUERY}">${FIELDS}</form>`);
});

let cloud: LocalCommand;
let browser: Browser;
let page: Page;
let cloudFormation: CloudFormationClient;
let evil: string;

beforeAll(async () => {
  [cloud, browser] = await Promise.all([
    LocalCommand.cloud(),
    openBrowser(['--host-resolver-rules=MAP evil.example 127.0.0.1']),
  ]);
  evil = (await site.start()).replace('127.0.0.1', 'evil.example');
  const client = { endpoint: cloud.apiUrl, region: 'us-east-1', maxAttempts: 1 };
  cloudFormation = new CloudFormationClient({ ...client, credentials: cloud.keys });
});

afterAll(async () => {
  cloudFormation.destroy();
  await browser.close();
  await site.stop();
  await cloud.end();
});

/** Names of the stacks that were created. */
async function stacks(): Promise<readonly (string | undefined)[]> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  return Stacks.map(({ StackName }) => StackName);
}

/** Sends the form from a page with `fetch`. @returns the status, where a page may see it */
const fetched = (address: string, mode: 'no-cors' | 'same-origin', headers: Record<string, string> = {}) =>
  page.evaluate(
    async ([to, body, how, more]) => {
      const given = { 'content-type': 'application/x-www-form-urlencoded', ...more };
      return fetch(to, { method: 'POST', body, mode: how, headers: given }).then(
        ({ status }) => status,
        () => 'not sent',
      );
    },
    [address, FORM, mode, headers] as const,
  );

describe('a hostile page, while the small cloud is open,', () => {
  test('cannot create a stack with fetch', async () => {
    page = await browser.newPage();
    await page.goto(evil);
    await fetched(`${cloud.apiUrl}/${QUERY}`, 'no-cors');
    expect(await stacks()).toEqual([]);
  });

  test('cannot create a stack with a form', async () => {
    await page.goto(evil);
    await page.evaluate(() => document.querySelector('form')?.submit());
    await page.getByText('this port serves programs on this machine, and no web pages').waitFor({ timeout: 120_000 });
    expect(await stacks()).toEqual([]);
  });

  test('cannot create a stack through a host name that resolves to loopback', async () => {
    const rebound = cloud.apiUrl.replace('127.0.0.1', 'evil.example');
    expect((await page.goto(rebound))?.status()).toBe(403);
    expect(await fetched(`${rebound}/${QUERY}`, 'same-origin')).toBe(403);
    expect(await fetched(`${rebound}/`, 'same-origin', { authorization: SIGNED })).toBe(403);
    expect(await stacks()).toEqual([]);
  });

  test('is reported on the screen, once for each kind of attempt', () => {
    expect(cloud.output.match(/was refused \(403\): (Origin|Sec-Fetch-Site): /g)).toHaveLength(1);
    expect(cloud.output.match(/was refused \(403\): Host: evil.example/g)).toHaveLength(1);
    expect(cloud.log).not.toContain(PROOF);
  });

  test('would do harm otherwise: the same call by the operator creates the stack and runs its code', async () => {
    await cloudFormation.send(
      new CreateStackCommand({ StackName: 'mine', TemplateBody: TEMPLATE, Capabilities: ['CAPABILITY_IAM'] }),
    );
    const end = Date.now() + 240_000;
    while (!cloud.log.includes(`: ${PROOF}`) && Date.now() < end) await new Promise((done) => setTimeout(done, 100));
    expect(cloud.log).toContain(`: ${PROOF}`);
  });
});

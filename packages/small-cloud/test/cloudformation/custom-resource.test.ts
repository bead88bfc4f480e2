import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StackFailure } from '../../src/cloudformation/stack';
import { LambdaBench, ROLE } from '../lambda/lambda-bench';
import { RecordingService } from './recording-service';

let bench: LambdaBench;
let service: RecordingService;

beforeEach(async () => {
  service = new RecordingService();
  bench = new LambdaBench({ services: () => [service] });
  await bench.api.start();
});

afterEach(() => bench.close());

/** First lines of a handler: it logs its event, and can answer. */
const PREAMBLE = `
  const answer = (event, response) => fetch(event.ResponseURL, {
    method: 'PUT',
    body: JSON.stringify({
      Status: 'SUCCESS', PhysicalResourceId: 'main',
      StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
      ...response,
    }),
  });
  const note = (event) => console.log('event ' + JSON.stringify(event));
`;

/** Makes a stack of a function with this handler, and a custom resource `Run` that it serves. */
function templateWith(handler: string, properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  return {
    Resources: {
      Handler: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: bench.asset('handler', { 'index.js': `${PREAMBLE} exports.handler = ${handler};` }),
          Handler: 'index.handler',
          LoggingConfig: { LogGroup: { Ref: 'Log' } },
          Role: ROLE,
          Runtime: 'nodejs22.x',
          Timeout: 10,
        },
      },
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
      Run: {
        Type: 'Custom::RunningState',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] }, ServiceTimeout: 10, ...properties },
      },
      ...more,
    },
    Outputs: { Url: { Value: { 'Fn::GetAtt': ['Run', 'Url'] } } },
  };
}

const GOOD = `async (event) => { note(event); await answer(event, { Data: { Url: 'rtmp://here' } }); }`;

const create = (template: unknown) => bench.cloudFormation.createStack({ stackName: 'Live', template });

async function reasonsOf(act: Promise<unknown>): Promise<readonly string[]> {
  const error = await act.catch((reason: unknown) => reason);
  if (error instanceof StackFailure) return error.failures.map(({ logicalId, reason }) => `${logicalId}: ${reason}`);
  throw error;
}

/** Waits for a number of logged events: the output of a process may arrive after its answer. */
async function events(count: number): Promise<readonly Record<string, unknown>[]> {
  const start = 'lambda Handler: event ';
  const noted = () => bench.cloud.told.filter((line) => line.startsWith(start));
  const end = Date.now() + 60_000;
  while (noted().length < count && Date.now() < end) await new Promise((done) => setTimeout(done, 10));
  return noted().map((line) => JSON.parse(line.slice(start.length)));
}

describe('a custom resource', () => {
  test('is created by its function, and Fn::GetAtt returns the data of its answer', async () => {
    const stack = await create(templateWith(GOOD));
    expect(stack.outputs['Url']?.value).toBe('rtmp://here');
    expect(stack.resources.get('Run')?.state.physicalId).toBe('main');
  });

  test("sends CloudFormation's event, with every scalar as a string", async () => {
    const stack = await create(templateWith(GOOD, { Running: true, Wait: 30, Ladder: [720, { Fps: 29.97 }] }));
    const arn = stack.resources.get('Handler')?.state.attributes['Arn'];
    expect(await events(1)).toEqual([
      {
        RequestType: 'Create',
        ServiceToken: arn,
        ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/cloudformation\/responses\//),
        StackId: stack.stackId,
        RequestId: expect.any(String),
        LogicalResourceId: 'Run',
        ResourceType: 'Custom::RunningState',
        ResourceProperties: {
          ServiceToken: arn,
          ServiceTimeout: '10',
          Running: 'true',
          Wait: '30',
          Ladder: ['720', { Fps: '29.97' }],
        },
      },
    ]);
  });

  test('is deleted by its function, under its physical id, before its dependencies', async () => {
    await create(templateWith(GOOD));
    await bench.cloudFormation.deleteStack('Live');
    expect((await events(2))[1]).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'main' });
    expect(bench.events.filter((event) => event.endsWith('DELETE_COMPLETE'))).toEqual([
      'Run DELETE_COMPLETE',
      'Handler DELETE_COMPLETE',
      'Log DELETE_COMPLETE',
      'Live DELETE_COMPLETE',
    ]);
  });

  test('may answer over https on port 443, as the handlers of the CDK do', async () => {
    const handler = `(event) => new Promise((resolve) => {
      const { hostname, pathname } = new URL(event.ResponseURL);
      const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'main', Data: { Url: 'by https' },
        StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId });
      require('node:https').request({ hostname, path: pathname, method: 'PUT', headers: { 'content-length': body.length } }, (response) => {
        response.resume();
        response.on('end', resolve);
      }).end(body);
    })`;
    expect((await create(templateWith(handler))).outputs['Url']?.value).toBe('by https');
  });

  test('is deleted again when it fails half-made, as are the resources before it', async () => {
    const handler = `async (event) => {
      note(event);
      await answer(event, event.RequestType === 'Create'
        ? { Status: 'FAILED', Reason: 'the input is in use', PhysicalResourceId: 'half' }
        : {});
    }`;
    const thing = { Type: 'AWS::Test::Thing' };
    const reasons = await reasonsOf(create(templateWith(handler, { After: { Ref: 'Thing' } }, { Thing: thing })));
    expect(reasons).toEqual([
      `Run: Received response status [FAILED] from custom resource. Message returned: the input is in use (RequestId: ${(await events(1))[0]?.['RequestId']})`,
    ]);
    expect((await events(2))[1]).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'half' });
    expect(service.history).toEqual(['+Thing', 'Thing', '-Thing']);
    expect(bench.events.at(-1)).toBe('Live ROLLBACK_COMPLETE');
  });

  test('times out when its function does not await the response, and is deleted under a generated id', async () => {
    const handler = `async (event) => {
      note(event);
      const sent = answer(event, {});
      if (event.RequestType === 'Delete') await sent;
    }`;
    const reasons = await reasonsOf(create(templateWith(handler, { ServiceTimeout: 1 })));
    expect(reasons).toEqual([
      expect.stringMatching(
        /^Run: CloudFormation did not receive a response from your Custom Resource\. Please check your logs for requestId \[[-0-9a-f]+\]\./,
      ),
    ]);
    expect((await events(2))[1]).toMatchObject({
      RequestType: 'Delete',
      PhysicalResourceId: expect.stringMatching(/^Live-Run-\w+$/),
    });
  });

  test('invokes a function that dies three times, then times out', async () => {
    const handler = `async (event) => {
      note(event);
      if (event.RequestType === 'Create') process.exit(1);
      await answer(event, {});
    }`;
    // Long enough for all tries on a busy machine: a try after the timeout finds no function any more.
    await reasonsOf(create(templateWith(handler, { ServiceTimeout: 15 })));
    const types = (await events(4)).map(({ RequestType }) => String(RequestType));
    expect(types.sort()).toEqual(['Create', 'Create', 'Create', 'Delete']);
    expect(bench.told).toMatch(/lambda Handler: Runtime\.ExitError/);
  });

  test('takes one answer: a second response changes nothing, and a warning reports it', async () => {
    const handler = `async (event) => {
      await answer(event, { Data: { Url: 'first' } });
      await answer(event, { Status: 'FAILED', Reason: 'second' });
    }`;
    const stack = await create(templateWith(handler));
    expect(stack.outputs['Url']?.value).toBe('first');
    while (!bench.told.includes('a second response was sent')) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test('names a missing attribute of its data', async () => {
    const reasons = await reasonsOf(create(templateWith('async (event) => { await answer(event, {}); }')));
    expect(reasons).toEqual([
      expect.stringMatching(
        /CustomResource attribute error: Vendor response doesn't contain Url attribute in object arn:.*\|Run/,
      ),
    ]);
  });

  test.each([
    [
      'a token that is no function',
      { ServiceToken: 'arn:aws:sns:eu-west-1:1:topic' },
      /ServiceToken must be the ARN of a Lambda function/,
    ],
    [
      'a function that is not there',
      { ServiceToken: 'arn:aws:lambda:eu-west-1:1:function:gone' },
      /Function not found: .*gone/,
    ],
    ['a timeout of more than an hour', { ServiceTimeout: 3601 }, /ServiceTimeout must be an integer from 1 to 3600/],
  ])('refuses %s', async (_, properties, reason) => {
    expect(await reasonsOf(create(templateWith(GOOD, properties)))).toEqual([expect.stringMatching(reason)]);
    expect(await events(0)).toEqual([]);
  });

  test('stops waiting when the run stops', async () => {
    const creation = create(templateWith('async () => new Promise((resolve) => setTimeout(resolve, 9000))'));
    while (!bench.events.includes('Run CREATE_IN_PROGRESS')) await new Promise((resolve) => setTimeout(resolve, 10));
    bench.cloudFormation.stop();
    await expect(creation).rejects.toThrow('The run was stopped while stack Live was being created');
  });
});

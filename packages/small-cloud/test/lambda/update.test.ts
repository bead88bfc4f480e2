import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { Turns } from '../../src/services/lambda/turns';
import { LambdaBench, ROLE } from './lambda-bench';

let bench: LambdaBench;

beforeAll(async () => {
  bench = new LambdaBench();
  await bench.api.start();
});

afterAll(() => bench.close());

const code = (returns: string) => ({ ZipFile: `exports.handler = async () => ${returns}` });
const resources = (properties: Properties) => ({
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Handler: 'index.handler', Runtime: 'nodejs22.x', Role: ROLE, ...properties },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
    },
  },
});
const request = (properties: Properties) => ({ stackName: 'Live', template: { Resources: resources(properties) } });

describe('updating a function', () => {
  test('changes its code, its environment and its limits, under the same name', async () => {
    const made = await bench.cloudFormation.createStack(request({ Code: code('1'), Timeout: 3 }));
    const name = String(made.resources.get('Function')?.state.ref);
    expect(await bench.lambda.invoke(name, {})).toEqual({ payload: 1 });

    const Environment = { Variables: { MINE: 'new' } };
    await bench.cloudFormation.updateStack(request({ Code: code('process.env.MINE'), Environment, Timeout: 5 }));
    expect(made.resources.get('Function')?.state.ref).toBe(name);
    expect(await bench.lambda.invoke(name, {})).toEqual({ payload: 'new' });

    await expect(bench.cloudFormation.updateStack(request({ Code: code('3'), Layers: ['arn:x'] }))).rejects.toThrow(
      'Function.Layers is not modelled',
    );
    expect(await bench.lambda.invoke(name, {})).toEqual({ payload: 'new' });
  });

  test('makes a new one for another name, and a new permission for that', async () => {
    await bench.cloudFormation.updateStack(request({ Code: code('4'), FunctionName: 'other' }));
    expect(await bench.lambda.invoke('other', {})).toEqual({ payload: 4 });
    const named = [...bench.lambda.permissions.values()].map(({ functionName }) => functionName);
    expect(named).toEqual(['arn:aws:lambda:eu-west-1:111122223333:function:other']);
  });
});

describe('turns', () => {
  test('follow another limit, whoever is inside', async () => {
    const turns = new Turns(1);
    const order: string[] = [];
    const enter = async (name: string) => {
      const done = await turns.take();
      order.push(name);
      return done;
    };
    const a = await enter('a');
    const b = enter('b');
    const c = enter('c');
    turns.allow(2);
    const leaveB = await b;
    expect(order).toEqual(['a', 'b']);
    turns.allow(1);
    a();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(order).toEqual(['a', 'b']);
    leaveB();
    await c;
    expect(order).toEqual(['a', 'b', 'c']);
  });
});

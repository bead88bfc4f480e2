import { describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../src/contract';
import { EngineBench, failureOf, things } from './engine-bench';

function engine() {
  const bench = new EngineBench();
  return { cloudFormation: bench.engine, service: bench.service, events: bench.events };
}

describe('creating a stack', () => {
  test('creates dependencies first, and independent resources at the same time', async () => {
    const { cloudFormation, service } = engine();
    const Resources = things({
      Edge: { Properties: { Origin: { Ref: 'Origin' } } },
      Origin: { Properties: { Takes: 20 } },
      Player: { Properties: { Until: 'Edge' } },
    });
    await cloudFormation.createStack({ stackName: 'Live', template: { Resources } });
    expect(service.history).toEqual(['+Origin', '+Player', 'Origin', '+Edge', 'Edge', 'Player']);
  });

  test('gives each provider resolved properties', async () => {
    const { cloudFormation, service } = engine();
    const Resources = things({
      Edge: { Properties: { Origin: { 'Fn::GetAtt': ['Origin', 'Arn'] }, Nothing: { Ref: 'AWS::NoValue' } } },
      Origin: {},
    });
    await cloudFormation.createStack({ stackName: 'Live', template: { Resources } });
    expect(service.requests[1]).toMatchObject({
      logicalId: 'Edge',
      stackName: 'Live',
      properties: { Origin: 'arn:Origin' },
    });
    expect(service.requests[1]?.properties).not.toHaveProperty('Nothing');
  });

  test("reports every step in CloudFormation's words", async () => {
    const { cloudFormation, events } = engine();
    await cloudFormation.createStack({ stackName: 'Live', template: { Resources: things({ Origin: {} }) } });
    expect(events).toEqual([
      'Live CREATE_IN_PROGRESS: User Initiated',
      'Origin CREATE_IN_PROGRESS',
      'Origin CREATE_COMPLETE',
      'Live CREATE_COMPLETE',
    ]);
  });

  test('resolves the outputs whose condition holds', async () => {
    const { cloudFormation } = engine();
    const stack = await cloudFormation.createStack({
      stackName: 'Live',
      parameters: { Kind: 'rtmp' },
      template: {
        Parameters: { Kind: { Type: 'String' } },
        Conditions: {
          Rtmp: { 'Fn::Equals': [{ Ref: 'Kind' }, 'rtmp'] },
          Srt: { 'Fn::Equals': [{ Ref: 'Kind' }, 'srt'] },
        },
        Resources: things({ Origin: {}, Srt: { Condition: 'Srt' } }),
        Outputs: {
          Url: {
            Value: { 'Fn::Join': ['/', ['https:/', { Ref: 'Origin' }]] },
            Description: 'Play this',
            Condition: 'Rtmp',
          },
          SrtUrl: { Value: { Ref: 'Srt' }, Condition: 'Srt' },
          Name: { Value: 1, Export: { Name: { Ref: 'AWS::StackName' } } },
        },
      },
    });
    expect(stack.outputs).toEqual({
      Url: { value: 'https://Origin-1', description: 'Play this', exportName: undefined },
      Name: { value: '1', description: undefined, exportName: 'Live' },
    });
    expect([...stack.resources.keys()]).toEqual(['Origin']);
  });

  test('creates the resource types of CloudFormation itself', async () => {
    const { cloudFormation } = engine();
    const Resources = {
      Metadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2' } },
      Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    };
    const stack = await cloudFormation.createStack({ stackName: 'Live', template: { Resources } });
    expect(stack.status).toBe('CREATE_COMPLETE');
  });

  test('hides the value of a NoEcho parameter', async () => {
    const { cloudFormation } = engine();
    const Parameters = { Password: { Type: 'String', NoEcho: true } };
    const stack = await cloudFormation.createStack({
      stackName: 'Live',
      template: { Parameters, Resources: things({ A: {} }) },
      parameters: { Password: 'hunter2' },
    });
    expect(stack.parameters).toEqual({ Password: '****' });
  });

  test('refuses all unknown resource types together, before anything is created', async () => {
    const { cloudFormation, service, events } = engine();
    const Resources = {
      ...things({ A: {} }),
      Db: { Type: 'AWS::RDS::DBInstance' },
      Queue: { Type: 'AWS::SQS::Queue' },
      Dead: { Type: 'AWS::SQS::Queue' },
    };
    const act = cloudFormation.createStack({ stackName: 'Live', template: { Resources } });
    await expect(act).rejects.toThrow(UnsupportedError);
    await expect(act).rejects.toThrow('AWS::RDS::DBInstance (Db), AWS::SQS::Queue (Queue, Dead)');
    expect([...service.history, ...events]).toEqual([]);
  });

  test('refuses the name of an existing stack', async () => {
    const { cloudFormation } = engine();
    const request = { stackName: 'Live', template: { Resources: things({ A: {} }) } };
    await cloudFormation.createStack(request);
    await expect(cloudFormation.createStack(request)).rejects.toThrow('Stack [Live] already exists');
  });
});

describe('a creation that fails', () => {
  test('deletes everything in reverse order', async () => {
    const { cloudFormation, service, events } = engine();
    const Resources = things({
      A: {},
      B: { DependsOn: 'A' },
      C: { DependsOn: 'B', Properties: { Fails: 'no room' } },
      D: { DependsOn: 'C' },
    });
    const failure = await failureOf(cloudFormation.createStack({ stackName: 'Live', template: { Resources } }));
    expect(service.history).toEqual(['+A', 'A', '+B', 'B', '+C', '-B', '-A']);
    expect(failure.failures).toEqual([{ logicalId: 'C', reason: 'no room' }]);
    expect(failure.outcome.status).toBe('ROLLBACK_COMPLETE');
    expect(events.slice(5)).toEqual([
      'C CREATE_IN_PROGRESS',
      'C CREATE_FAILED: no room',
      'Live ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [C]. Rollback requested by user.',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'Live ROLLBACK_COMPLETE',
    ]);
  });

  test('lets resources under way finish, and deletes them too', async () => {
    const { cloudFormation, service } = engine();
    const Resources = things({
      Slow: { Properties: { Takes: 30 } },
      Bad: { Properties: { Fails: 'x' } },
      Late: { DependsOn: 'Slow' },
    });
    await failureOf(cloudFormation.createStack({ stackName: 'Live', template: { Resources } }));
    expect(service.history).toEqual(['+Slow', '+Bad', 'Slow', '-Slow']);
  });

  test('names an attribute that a resource lacks', async () => {
    const { cloudFormation } = engine();
    const Resources = things({ A: {}, B: { Properties: { X: { 'Fn::GetAtt': ['A', 'Url'] } } } });
    const { failures } = await failureOf(cloudFormation.createStack({ stackName: 'Live', template: { Resources } }));
    expect(failures).toEqual([
      { logicalId: 'B', reason: 'Requested attribute Url does not exist in schema for AWS::Test::Thing' },
    ]);
  });

  test('may be due to an output that cannot be resolved', async () => {
    const { cloudFormation, service } = engine();
    const template = { Resources: things({ A: {} }), Outputs: { O: { Value: { 'Fn::Split': ['-', { Ref: 'A' }] } } } };
    const { failures } = await failureOf(cloudFormation.createStack({ stackName: 'Live', template }));
    expect(failures[0]?.reason).toMatch(/must evaluate to a String \(at Outputs\.O\.Value\)/);
    expect(service.history).toContain('-A');
  });

  test('keeps resources with Retain, and deletes those with RetainExceptOnCreate', async () => {
    const { cloudFormation, service, events } = engine();
    const Resources = things({
      Kept: { DeletionPolicy: 'Retain' },
      Gone: { DeletionPolicy: 'RetainExceptOnCreate' },
      Bad: { DependsOn: ['Kept', 'Gone'], Properties: { Fails: 'x' } },
    });
    await failureOf(cloudFormation.createStack({ stackName: 'Live', template: { Resources } }));
    expect(service.history).toEqual(['+Kept', '+Gone', 'Kept', 'Gone', '+Bad', '-Gone']);
    expect(events).toContain('Kept DELETE_SKIPPED');
  });

  test('reports a failed rollback', async () => {
    const { cloudFormation } = engine();
    const Resources = things({
      A: { Properties: { Stays: 'not empty' } },
      B: { DependsOn: 'A', Properties: { Fails: 'x' } },
    });
    const { outcome } = await failureOf(cloudFormation.createStack({ stackName: 'Live', template: { Resources } }));
    expect(outcome.status).toBe('ROLLBACK_FAILED');
  });
});

describe('deleting a stack', () => {
  test('deletes in reverse order and forgets the stack', async () => {
    const { cloudFormation, service } = engine();
    const Resources = things({ A: {}, B: { Properties: { X: { Ref: 'A' } } }, C: { DependsOn: 'B' } });
    await cloudFormation.createStack({ stackName: 'Live', template: { Resources } });
    await cloudFormation.deleteStack('Live');
    expect(service.history.slice(-3)).toEqual(['-C', '-B', '-A']);
    expect(cloudFormation.stack('Live')).toBeUndefined();
  });

  test('keeps resources with a retaining DeletionPolicy', async () => {
    const { cloudFormation, service } = engine();
    const Resources = things({ A: { DeletionPolicy: 'Retain' }, B: { DeletionPolicy: 'RetainExceptOnCreate' }, C: {} });
    await cloudFormation.createStack({ stackName: 'Live', template: { Resources } });
    await cloudFormation.deleteStack('Live');
    expect(service.history.filter((step) => step.startsWith('-'))).toEqual(['-C']);
  });

  test('keeps the dependencies of an undeletable resource, and deletes the rest', async () => {
    const { cloudFormation, service, events } = engine();
    const Resources = things({ A: {}, B: { DependsOn: 'A', Properties: { Stays: 'in use' } }, C: {} });
    await cloudFormation.createStack({ stackName: 'Live', template: { Resources } });
    const { failures, outcome } = await failureOf(cloudFormation.deleteStack('Live'));
    expect(failures).toEqual([{ logicalId: 'B', reason: 'in use' }]);
    expect([...outcome.resources.keys()]).toEqual(['A', 'B']);
    expect(service.history.at(-1)).toBe('-C');
    expect(events.at(-1)).toBe('Live DELETE_FAILED: The following resource(s) failed to delete: [B]. ');
  });

  test('refuses a stack that does not exist', async () => {
    await expect(engine().cloudFormation.deleteStack('Live')).rejects.toThrow('Stack with id Live does not exist');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cloud, CloudEvent, Properties, ResourceState, Service } from '../../src/contract';
import { Iam } from '../../src/services/iam/iam';
import { LocalNames } from '../../src/wire/local-names';

/** A cloud of one stack, with the real IAM, in a temporary folder. */
export class TestCloud implements Cloud {
  readonly partition = 'aws';
  readonly accountId = '111122223333';
  readonly folder = mkdtempSync(join(tmpdir(), 'cloud-'));
  readonly access = new Iam(this);
  readonly told: string[] = [];
  readonly put: CloudEvent[] = [];
  readonly clock = { now: () => Date.now(), speed: 1 };
  readonly events = { put: (event: CloudEvent) => void this.put.push(event) };
  readonly metrics = { put: () => {}, logged: () => {} };

  constructor(readonly region = 'eu-west-1') {}

  readonly names = new LocalNames();

  tell(_node: string, line: string): void {
    this.told.push(line);
  }

  /** Creates a resource as the engine would. */
  async create(service: Service, type: string, logicalId: string, properties: Properties) {
    const provider = service.resources[type];
    if (provider === undefined) throw new Error(`no provider for ${type}`);
    const request = { stackName: 'live', stackId: 'arn:stack/live/1', logicalId, type, properties };
    let made = properties;
    let state: ResourceState = await provider.create(request);
    return {
      ref: String(state.ref),
      attribute: (name: string) => String(state.attributes[name]),
      /** Changes it in place. */
      update: async (changed: Properties) => {
        if (provider.update === undefined) throw new Error(`${type} cannot be updated`);
        state = await provider.update(state, { ...request, properties: changed }, made);
        made = changed;
      },
      delete: () => provider.delete(state, { ...request, properties: made }),
    };
  }

  /** A role that may do one action on one resource; answers its ARN. */
  async role(logicalId: string, ...allowed: readonly (readonly [action: string, resource: string])[]): Promise<string> {
    const role = await this.create(this.access, 'AWS::IAM::Role', logicalId, {
      AssumeRolePolicyDocument: { Statement: [] },
      Policies: allowed.map(([Action, Resource], index) => ({
        PolicyName: `p${index}`,
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] },
      })),
    });
    return role.attribute('Arn');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

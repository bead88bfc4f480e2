import type { ApiHandler, Cloud, ResourceProvider, ResourceRequest, ResourceState, Service } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { jsonHandler } from '../kit/json-protocol';
import { tableArn } from './calls/call';
import { itemCalls } from './calls/item-calls';
import { listCalls } from './calls/list-calls';
import { transactWriteItems } from './calls/transaction';
import { Table } from './table/table';
import { tableSettings } from './table/table-settings';

/**
 * DynamoDB: tables with on-demand capacity, whose items are in memory for as long as the run lasts. Reads are always
 * consistent. Indexes, streams, batches and PartiQL are refused.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export class DynamoDb implements Service {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly tables = new Map<string, Table>();

  constructor(private readonly cloud: Cloud) {
    const subject = { cloud, tables: this.tables };
    const operations = {
      ...itemCalls(subject),
      ...listCalls(subject),
      TransactWriteItems: transactWriteItems(subject),
    };
    this.api = {
      dynamodb: jsonHandler({ name: 'DynamoDB', target: 'DynamoDB_20120810', operations, version: '1.0' }),
    };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::DynamoDB::Table': {
      create: async (request) => this.create(request),
      update: async (state, request) => this.update(state, request),
      // A definition that no key uses is refused, so that every change of them is a change of the key.
      replacedBy: ['TableName', 'KeySchema', 'AttributeDefinitions'],
      delete: async ({ physicalId }) => this.delete(physicalId),
    },
  };

  private create(request: ResourceRequest): ResourceState {
    const settings = tableSettings(request);
    const { name } = settings;
    if (this.tables.has(name)) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
    const arn = tableArn(this.cloud, name);
    this.tables.set(name, new Table(settings, arn, () => this.cloud.clock.now()));
    return { physicalId: name, ref: name, attributes: { Arn: arn } };
  }

  private update(state: ResourceState, request: ResourceRequest): ResourceState {
    const table = this.tables.get(state.physicalId);
    if (table === undefined) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    const { expiry, protected: isProtected } = tableSettings(request);
    const { expiry: old } = table.settings;
    if (old !== undefined && expiry !== undefined && old !== expiry) {
      const sentence = `TimeToLive is active on a different AttributeName: current AttributeName is ${old}`;
      throw new AwsError('ValidationException', sentence);
    }
    table.settings = { ...table.settings, expiry, protected: isProtected };
    return state;
  }

  private delete(name: string): void {
    if (this.tables.get(name)?.settings.protected) {
      const sentence =
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.';
      throw new AwsError('ValidationException', sentence);
    }
    this.tables.delete(name);
  }
}

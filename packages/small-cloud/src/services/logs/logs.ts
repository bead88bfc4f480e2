import {
  type Cloud,
  type ResourceProvider,
  type ResourceRequest,
  type Service,
  UnsupportedError,
} from '../../contract';
import { physicalName } from '../kit/physical-name';

const PROPERTIES = ['LogGroupName', 'LogGroupClass', 'RetentionInDays', 'Tags', 'DeletionProtectionEnabled'];

/**
 * CloudWatch Logs, as far as a stack needs it: log groups exist and have names. What is written to them is shown on the
 * run's own log; nothing is kept, so retention has nothing to do.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
 */
export class Logs implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  private readonly names = new Set<string>();

  constructor(cloud: Cloud) {
    this.resources = {
      'AWS::Logs::LogGroup': {
        replacedBy: ['LogGroupName'],
        create: async (request) => {
          refuseUnknown(request);
          const { LogGroupName: given } = request.properties;
          const name = typeof given === 'string' ? given : physicalName(request);
          if (this.names.has(name)) {
            throw new Error(
              `Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"${name}"}' already exists.`,
            );
          }
          this.names.add(name);
          const arn = `arn:${cloud.partition}:logs:${cloud.region}:${cloud.accountId}:log-group:${name}:*`;
          return { physicalId: name, ref: name, attributes: { Arn: arn } };
        },
        update: async (state, request) => {
          refuseUnknown(request);
          return state;
        },
        delete: async ({ physicalId }) => {
          this.names.delete(physicalId);
        },
      },
    };
  }
}

function refuseUnknown({ logicalId, properties }: ResourceRequest): void {
  const stranger = Object.keys(properties).find((property) => !PROPERTIES.includes(property));
  if (stranger !== undefined) {
    throw new UnsupportedError(`AWS::Logs::LogGroup ${logicalId}.${stranger} is not modelled; remove it`);
  }
}

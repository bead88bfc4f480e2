import type { ResourceProvider, ResourceRequest } from '../../contract';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';
import type { LogStore } from './log-store';

/**
 * Makes log streams of the groups in a store. A group keeps its lines itself, so a stream is no more than a name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-logstream.html
 */
export function logStreams(store: LogStore): ResourceProvider {
  // Each with its group before it.
  const streams = new Set<string>();
  const id = (group: string, name: string): string => `${group}|${name}`;
  return {
    replacedBy: ['LogGroupName', 'LogStreamName'],
    create: async (request) => {
      const { group, name } = logStream(request);
      if (!store.has(group)) {
        throw new Error(
          'The specified log group does not exist. (Service: CloudWatchLogs, Error Code: ResourceNotFoundException)',
        );
      }
      const key = id(group, name);
      if (streams.has(key)) {
        throw new Error(
          `Resource of type 'AWS::Logs::LogStream' with identifier '{"/properties/LogGroupName":"${group}","/properties/LogStreamName":"${name}"}' already exists.`,
        );
      }
      streams.add(key);
      return { physicalId: key, ref: name, attributes: {} };
    },
    update: async (state, request) => {
      logStream(request);
      return state;
    },
    delete: async ({ physicalId }) => {
      streams.delete(physicalId);
    },
  };
}

function logStream(request: ResourceRequest): { readonly group: string; readonly name: string } {
  const declared = PropertyReader.of(request);
  const group = declared.text('LogGroupName');
  const name = declared.maybeText('LogStreamName') ?? physicalName(request);
  if (!/^[^:*]{1,512}$/.test(name)) {
    throw new Error(
      `${declared.at('LogStreamName')}: ${name} was given; 1 to 512 characters without : and * are needed`,
    );
  }
  declared.end();
  return { group, name };
}

import { DeleteParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { systemClock } from '../clock';
import { customResource } from '../custom-resource/respond';
import { type SecureParameters, secureParameterHandler } from './handler';

const client = new SSMClient({ maxAttempts: 8, retryMode: 'adaptive' });

const parameterStore: SecureParameters = {
  async put(name, value, overwrite) {
    await client.send(
      new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: overwrite }),
    );
  },
  async remove(name) {
    try {
      await client.send(new DeleteParameterCommand({ Name: name }));
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) throw error;
    }
  },
};

export const handler = customResource(secureParameterHandler(parameterStore, systemClock));

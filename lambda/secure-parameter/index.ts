import { DeleteParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { systemClock } from '../shared/clock';
import { customResource } from '../shared/custom-resource/respond';
import { type SecureParameters, secureParameterHandler } from './handler';

const client = new SSMClient({ maxAttempts: 8, retryMode: 'adaptive' });

const parameters: SecureParameters = {
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

export const handler = customResource(secureParameterHandler({ parameters, clock: systemClock }));

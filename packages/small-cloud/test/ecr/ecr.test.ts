import { describe, expect, test } from '@jest/globals';
import { Ecr } from '../../src/services/ecr/ecr';
import { TestCloud } from '../s3/test-cloud';

describe('a container repository', () => {
  test('exists, has a name and an address, and holds nothing', async () => {
    const cloud = new TestCloud();
    const ecr = new Ecr(cloud);
    const create = (properties = {}) =>
      cloud.create(ecr, 'AWS::ECR::Repository', 'Images', { RepositoryName: 'images', ...properties });
    const made = await create({ ImageTagMutability: 'IMMUTABLE', LifecyclePolicy: { LifecyclePolicyText: '{}' } });
    expect(made.ref).toBe('images');
    expect(made.attribute('Arn')).toBe('arn:aws:ecr:eu-west-1:111122223333:repository/images');
    expect(made.attribute('RepositoryUri')).toBe('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images');
    await expect(create()).rejects.toThrow("The repository with name 'images' already exists");
    await expect(create({ EncryptionConfiguration: {} })).rejects.toThrow('Images.EncryptionConfiguration');
    await made.delete();
    await create();
    cloud.remove();
  });
});

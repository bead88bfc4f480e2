import { Aws, Validations } from 'aws-cdk-lib';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackage';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IDependable } from 'constructs';

/** The header, and the key in the secret, that MediaPackage v1 prescribes. */
const HEADER = 'X-MediaPackage-CDNIdentifier';
const KEY = 'MediaPackageCDNIdentifier';

/**
 * By what MediaPackage v1 knows the edge: a word that CloudFormation has Secrets Manager make up, and that it puts into
 * the distribution by a dynamic reference. So it is in no template, Output or log.
 *
 * A word is needed because CloudFront's origin access control signs for MediaPackage v2 only.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/setting-up-create-trust-rel-policy-cdn.html
 */
export class CdnAuthorization extends Construct {
  /** What an endpoint checks requests with. */
  readonly property: CfnOriginEndpoint.AuthorizationProperty;
  /** What the edge adds to its requests. */
  readonly headers: Readonly<Record<string, string>>;

  /** Permissions that the role needs before an endpoint names it. */
  readonly ready: IDependable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: `What the edge of stack ${Aws.STACK_NAME} shows to MediaPackage`,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: KEY,
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        'The distribution takes the value when it is deployed: one that rotates by itself would be refused by MediaPackage until the next deployment, and every viewer with it.',
    });
    const role = new Role(this, 'Role', {
      description: `MediaPackage reads what the edge of stack ${Aws.STACK_NAME} shows`,
      assumedBy: new ServicePrincipal('mediapackage.amazonaws.com'),
      inlinePolicies: {
        secret: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: [
                'secretsmanager:DescribeSecret',
                'secretsmanager:GetSecretValue',
                'secretsmanager:ListSecretVersionIds',
              ],
              resources: [secret.secretArn],
            }),
          ],
        }),
      },
    });
    // AWS's page grants these beside the secret. Only whoever lists all secrets can list one.
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['iam:GetRole', 'iam:PassRole'], resources: [role.roleArn] }),
        new PolicyStatement({ actions: ['secretsmanager:ListSecrets'], resources: ['*'] }),
      ],
    });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'secretsmanager:ListSecrets takes no resource; it tells names and descriptions, and no value.',
    });
    this.ready = policy;
    this.property = { cdnIdentifierSecret: secret.secretArn, secretsRoleArn: role.roleArn };
    // Not a secret in the template: a reference that CloudFormation resolves while it deploys.
    this.headers = { [HEADER]: secret.secretValueFromJson(KEY).unsafeUnwrap() };
  }
}

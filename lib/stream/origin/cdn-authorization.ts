import { Aws, Validations } from 'aws-cdk-lib';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackage';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IDependable } from 'constructs';

/** The header, and the key in the secret, that MediaPackage v1 prescribes. */
const HEADER = 'X-MediaPackage-CDNIdentifier';
const KEY = 'MediaPackageCDNIdentifier';

/**
 * The secret that proves to MediaPackage v1 that a request comes from the edge. Secrets Manager generates it, and
 * CloudFormation puts it into the distribution by a dynamic reference, so no template, Output or log contains it.
 *
 * A secret is needed because CloudFront's origin access control signs only for MediaPackage v2.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/setting-up-create-trust-rel-policy-cdn.html
 */
export class CdnAuthorization extends Construct {
  /** Property with which an endpoint checks requests. */
  readonly property: CfnOriginEndpoint.AuthorizationProperty;
  /** Headers that the edge adds to its requests. */
  readonly headers: Readonly<Record<string, string>>;

  /** Policy that the role needs before an endpoint names it. */
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
        'The distribution reads the value when it is deployed. After an automatic rotation MediaPackage would refuse all viewers until the next deployment.',
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
    // AWS's page grants these besides the secret. ListSecrets can be granted only for all secrets.
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['iam:GetRole', 'iam:PassRole'], resources: [role.roleArn] }),
        new PolicyStatement({ actions: ['secretsmanager:ListSecrets'], resources: ['*'] }),
      ],
    });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'secretsmanager:ListSecrets accepts no resource. It returns names and descriptions, and no value.',
    });
    this.ready = policy;
    this.property = { cdnIdentifierSecret: secret.secretArn, secretsRoleArn: role.roleArn };
    // The template contains no secret, only a reference that CloudFormation resolves while it deploys.
    this.headers = { [HEADER]: secret.secretValueFromJson(KEY).unsafeUnwrap() };
  }
}

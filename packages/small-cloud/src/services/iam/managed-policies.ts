import type { PolicyDocument } from '../../contract';
import { notModelled } from '../kit/not-modelled';

/** The AWS-managed policies that the local run knows, by what follows `arn:aws:iam::aws:policy/`. */
const MANAGED: Readonly<Record<string, PolicyDocument>> = {
  'service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    ],
  },
  AdministratorAccess: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
  AWSCloudFormationReadOnlyAccess: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'cloudformation:Describe*',
          'cloudformation:EstimateTemplateCost',
          'cloudformation:Get*',
          'cloudformation:List*',
          'cloudformation:ValidateTemplate',
          'cloudformation:Detect*',
        ],
        Resource: '*',
      },
    ],
  },
  // Of the real one, what concerns services that are here.
  ReadOnlyAccess: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'cloudformation:Describe*',
          'cloudformation:Get*',
          'cloudformation:List*',
          'cloudfront:Describe*',
          'cloudfront:Get*',
          'cloudfront:List*',
          'ecr:Describe*',
          'ecr:Get*',
          'ecr:List*',
          'iam:Get*',
          'iam:List*',
          'lambda:Get*',
          'lambda:List*',
          'logs:Describe*',
          'logs:Get*',
          'medialive:Describe*',
          'medialive:List*',
          'mediapackagev2:Get*',
          'mediapackagev2:List*',
          's3:Get*',
          's3:List*',
          'ssm:Describe*',
          'ssm:Get*',
          'ssm:List*',
          'sts:GetCallerIdentity',
        ],
        Resource: '*',
      },
    ],
  },
};

/**
 * The document of an AWS-managed policy.
 *
 * @throws UnsupportedError for any other, and for a customer-managed policy.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
 */
export function managedPolicy(arn: string, path: string): PolicyDocument {
  const document = MANAGED[arn.replace(/^arn:[^:]+:iam::aws:policy\//, '')];
  if (document !== undefined) return document;
  throw notModelled(path, {
    given: arn,
    known: Object.keys(MANAGED),
    advice: 'Write its statements as an inline policy',
  });
}

import { randomInt } from 'node:crypto';
import type { Cloud, ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { notModelled } from '../../kit/not-modelled';
import { PropertyReader } from '../../kit/property-reader';
import type { LambdaFunction } from '../function';
import { functionQualifier } from '../function-name';

/** The kind of callers that a function URL lets in: those that sign their requests, or everyone. */
export type UrlAuthType = 'AWS_IAM' | 'NONE';

/** A function URL of the account. */
export interface FunctionUrl {
  /** First label of the domain, 32 characters. */
  readonly id: string;
  /** `<id>.lambda-url.<region>.on.aws`. */
  readonly domainName: string;
  readonly functionArn: string;
  readonly authType: UrlAuthType;
}

/** Parts of Lambda that its function URLs use. */
export interface FunctionUrlOptions {
  /** A function by its name or its ARN. @throws Error when it does not exist. */
  readonly find: (nameOrArn: string) => LambdaFunction;
  /** Port of loopback that serves the URLs; the first call opens it. */
  readonly port: () => Promise<number>;
}

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LENGTH = 32;

/**
 * The function URLs of the account (`AWS::Lambda::Url`), one for each function. The name service of the cloud knows each
 * domain as `http://127.0.0.1:<port>/<id>`. Aliases, CORS and streamed answers are refused.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html
 */
export class FunctionUrls implements ResourceProvider {
  readonly replacedBy = ['TargetFunctionArn', 'Qualifier'];
  private readonly urls = new Map<string, FunctionUrl>();

  constructor(
    private readonly cloud: Pick<Cloud, 'names' | 'region'>,
    private readonly options: FunctionUrlOptions,
  ) {}

  /** A function URL by the first label of its domain; undefined when it does not exist. */
  find(id: string): FunctionUrl | undefined {
    return this.urls.get(id);
  }

  /** @throws AwsError ResourceConflictException when the function has a URL. */
  async create(request: ResourceRequest): Promise<ResourceState> {
    const { target, authType } = declaredUrl(request);
    const { arn: functionArn } = this.options.find(target);
    if ([...this.urls.values()].some((url) => url.functionArn === functionArn)) {
      const message = `Failed to create function url config for [functionArn = ${functionArn}]. Error message:  FunctionUrlConfig exists for this Lambda function`;
      throw new AwsError('ResourceConflictException', message, 409);
    }
    const id = Array.from({ length: ID_LENGTH }, () => ID_ALPHABET.charAt(randomInt(ID_ALPHABET.length))).join('');
    const domainName = `${id}.lambda-url.${this.cloud.region}.on.aws`;
    this.urls.set(id, { id, domainName, functionArn, authType });
    this.cloud.names.register(domainName, `http://127.0.0.1:${await this.options.port()}/${id}`);
    const attributes = { FunctionArn: functionArn, FunctionUrl: `https://${domainName}/` };
    return { physicalId: functionArn, ref: functionArn, attributes };
  }

  async update(state: ResourceState, request: ResourceRequest): Promise<ResourceState> {
    const { authType } = declaredUrl(request);
    const url = this.of(state);
    this.urls.set(url.id, { ...url, authType });
    return state;
  }

  async delete(state: ResourceState): Promise<void> {
    const { id, domainName } = this.of(state);
    this.cloud.names.forget(domainName);
    this.urls.delete(id);
  }

  private of({ physicalId }: ResourceState): FunctionUrl {
    const url = [...this.urls.values()].find(({ functionArn }) => functionArn === physicalId);
    if (url === undefined) throw new Error(`The function ${physicalId} has no URL.`);
    return url;
  }
}

function declaredUrl(request: ResourceRequest): { readonly target: string; readonly authType: UrlAuthType } {
  const declared = PropertyReader.of(request);
  const target = declared.text('TargetFunctionArn');
  if (functionQualifier(target) !== undefined) {
    throw notModelled(declared.at('TargetFunctionArn'), { given: target, known: ['a function without a qualifier'] });
  }
  const authType = declared.oneOf('AuthType', ['AWS_IAM', 'NONE']);
  declared.oneOf('InvokeMode', ['BUFFERED'], 'BUFFERED');
  declared.end();
  return { target, authType };
}

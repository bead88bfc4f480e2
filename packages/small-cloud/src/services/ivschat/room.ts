import type { ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { PropertyReader } from '../kit/property-reader';

/** The function that reviews the messages of a room. */
export interface ReviewHandler {
  readonly functionArn: string;
  /** The result where the function fails or is late. */
  readonly fallback: 'ALLOW' | 'DENY';
}

/** An AWS::IVSChat::Room as its template declares it. */
export interface RoomSettings {
  readonly name: string;
  /** 1 to 500 code points. */
  readonly messageLength: number;
  /** Messages of all users together, in a second. 1 to 10 in a template; the API allows 100. */
  readonly messagesPerSecond: number;
  readonly review: ReviewHandler | undefined;
  /** ARNs of logging configurations. */
  readonly logging: readonly string[];
}

/** A room that exists. */
export interface Room {
  readonly id: string;
  readonly arn: string;
  settings: RoomSettings;
}

const NAME = /^[a-zA-Z0-9-_]{0,128}$/;
const FUNCTION = /^arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:.+/;

/** Most logging configurations of a room. @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html */
const MOST_LOGS = 3;

/**
 * Reads the properties of an AWS::IVSChat::Room.
 *
 * @throws AwsError ValidationException, ServiceQuotaExceededException.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ivschat-room.html
 */
export function roomSettings(request: ResourceRequest): RoomSettings {
  const declared = PropertyReader.of(request).withoutEffect('Tags');
  const name = declared.maybeText('Name') ?? '';
  if (!NAME.test(name)) {
    throw invalid(`${declared.at('Name')}: ${name} was given; up to 128 letters, digits, hyphens and _ are needed`);
  }
  const settings = {
    name,
    messageLength: declared.whole('MaximumMessageLength', 1, 500, 500),
    messagesPerSecond: declared.whole('MaximumMessageRatePerSecond', 1, 10, 10),
    review: reviewHandler(declared.maybePart('MessageReviewHandler')),
    logging: declared.holds('LoggingConfigurationIdentifiers') ? declared.texts('LoggingConfigurationIdentifiers') : [],
  };
  declared.end();
  if (settings.logging.length > MOST_LOGS) {
    const sentence = `${settings.logging.length} logging configurations were given for a room; ${MOST_LOGS} are possible`;
    throw new AwsError('ServiceQuotaExceededException', sentence, 402);
  }
  return settings;
}

function reviewHandler(handler: PropertyReader | undefined): ReviewHandler | undefined {
  if (handler === undefined) return undefined;
  const fallback = handler.maybeText('FallbackResult') ?? 'ALLOW';
  const functionArn = handler.maybeText('Uri') ?? '';
  if (fallback !== 'ALLOW' && fallback !== 'DENY') {
    throw invalid(`${handler.at('FallbackResult')}: ${fallback} was given; ALLOW or DENY is needed`);
  }
  if (functionArn === '') return undefined;
  if (!FUNCTION.test(functionArn) || functionArn.length > 170) {
    throw invalid(`${handler.at('Uri')}: ${functionArn} was given; the ARN of a function is needed`);
  }
  return { functionArn, fallback };
}

/** Makes a refusal of the service. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 400, { reason: 'FIELD_VALIDATION_FAILED', fieldList: [] });
}

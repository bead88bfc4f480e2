/**
 * The second door of the package, for tests of programs that use it: single parts of the small cloud, and fakes of their
 * surroundings.
 */
export { CloudFormation } from '../src/cloudformation/engine';
export { refuseMissingTypes } from '../src/cloudformation/resource-regions';
export { CustomResourceResponses } from '../src/cloudformation/responses';
export type { Stack } from '../src/cloudformation/stack';
export type {
  ApiHandler,
  ApiResponse,
  Cloud,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../src/contract';
export { Athena } from '../src/services/athena/athena';
export { refuseLoggingIn } from '../src/services/cloudfront/control/access-logs';
export { languageProblems } from '../src/services/cloudfront/functions/language';
export { CognitoIdp } from '../src/services/cognito-idp/cognito-idp';
export { DefaultBus } from '../src/services/events/default-bus';
export { Firehose } from '../src/services/firehose/firehose';
export { Glue } from '../src/services/glue/glue';
export { Declared } from '../src/services/kit/declared';
export { isKnownAction } from '../src/services/kit/policy/resource-types';
export { ControlPlane } from '../src/services/medialive/control-plane';
export { channelProperties } from '../src/services/medialive/template/channel-properties';
export { S3 } from '../src/services/s3/s3';
export { dependencies } from '../src/template/order';
export { Asking } from './athena/asking';
export { quietCloud } from './cloudformation/quiet-cloud';
export { CREDENTIALS, TestLake } from './firehose/test-lake';
export { LoopbackServer } from './loopback-server';
export { BUCKET as CONVERTED_BUCKET, ConvertField, makeRecording, makeVideo } from './mediaconvert/convert-field';
export { FakeDataPlane } from './medialive/fake-data-plane';
export { ApiServer } from './s3/api-server';
export { TestCloud } from './s3/test-cloud';

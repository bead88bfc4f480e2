/** How a resource of a template becomes a request of its service. */
export interface Operation {
  /** Name of the service's client. */
  readonly service: 'medialive' | 'mediapackage' | 'mediapackagev2';
  readonly operation: string;
  /**
   * Members that the API calls otherwise than CloudFormation, by their path in the resource; a list is passed through.
   * Names are the same everywhere else: test/bin/requests.test.ts holds the result against the clients.
   */
  readonly names?: Readonly<Record<string, string>>;
  /** Members that are a JSON object in a template and text in a request. */
  readonly json?: readonly string[];
  /** Members that CloudFormation sets by another call, and why they are left out. */
  readonly without?: readonly string[];
}

/**
 * The requests that create the resources of the media services. Tags are not in it: a list of keys and values becomes a
 * map for each of them.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_Operations.html
 */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'AWS::MediaLive::Channel': { service: 'medialive', operation: 'CreateChannel' },
  'AWS::MediaLive::Input': { service: 'medialive', operation: 'CreateInput' },
  'AWS::MediaLive::InputSecurityGroup': { service: 'medialive', operation: 'CreateInputSecurityGroup' },
  'AWS::MediaPackage::Channel': {
    service: 'mediapackage',
    operation: 'CreateChannel',
    // Access logs are turned on by ConfigureLogs, and the ingest endpoints are what the service answers with.
    without: ['EgressAccessLogs', 'IngressAccessLogs', 'HlsIngest'],
  },
  'AWS::MediaPackage::OriginEndpoint': { service: 'mediapackage', operation: 'CreateOriginEndpoint' },
  'AWS::MediaPackageV2::ChannelGroup': { service: 'mediapackagev2', operation: 'CreateChannelGroup' },
  'AWS::MediaPackageV2::Channel': { service: 'mediapackagev2', operation: 'CreateChannel' },
  'AWS::MediaPackageV2::OriginEndpoint': { service: 'mediapackagev2', operation: 'CreateOriginEndpoint' },
  'AWS::MediaPackageV2::OriginEndpointPolicy': {
    service: 'mediapackagev2',
    operation: 'PutOriginEndpointPolicy',
    json: ['Policy'],
  },
};

/** The types of resources that are turned into requests; one of them without an operation is an error. */
export const MEDIA_TYPES = /^AWS::(MediaLive|MediaPackage|MediaPackageV2)::/;

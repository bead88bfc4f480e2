/** A request that creates a resource of a template, or a part of it. */
export interface Operation {
  /** Name of the service, as its clients and the AWS CLI call it. */
  readonly service: 'medialive' | 'mediapackage' | 'mediapackagev2' | 'mediastore' | 'mediatailor';
  readonly operation: string;
  /** The members of this request, if other requests of the resource have the rest. By default, all members. */
  readonly takes?: readonly string[];
  /** The member that this request sets. A resource without it needs no such request. */
  readonly only?: string;
  /** Members that are an object in a template and a JSON string in a request. */
  readonly json?: readonly string[];
  /** True where tags stay a list of keys and values; most services expect a map. */
  readonly tagList?: true;
}

const container = { service: 'mediastore' } as const;

/** Describes a request that sets one member of a container that exists. */
const ofContainer = (operation: string, only: string): Operation => ({
  ...container,
  operation,
  only,
  takes: ['ContainerName', only],
});

/**
 * The requests that make a resource, in order; the first creates it. Members have the same names in a request as in a
 * template. test/bin/requests.test.ts compares them with the services' own clients.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_Operations.html
 * @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_Operations.html
 * @see https://docs.aws.amazon.com/mediatailor/latest/apireference/API_PutPlaybackConfiguration.html
 */
export const OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  'AWS::MediaLive::Channel': [{ service: 'medialive', operation: 'CreateChannel' }],
  'AWS::MediaLive::Input': [{ service: 'medialive', operation: 'CreateInput' }],
  'AWS::MediaLive::InputSecurityGroup': [{ service: 'medialive', operation: 'CreateInputSecurityGroup' }],
  'AWS::MediaPackage::Channel': [{ service: 'mediapackage', operation: 'CreateChannel' }],
  'AWS::MediaPackage::OriginEndpoint': [{ service: 'mediapackage', operation: 'CreateOriginEndpoint' }],
  'AWS::MediaPackageV2::ChannelGroup': [{ service: 'mediapackagev2', operation: 'CreateChannelGroup' }],
  'AWS::MediaPackageV2::Channel': [{ service: 'mediapackagev2', operation: 'CreateChannel' }],
  'AWS::MediaPackageV2::OriginEndpoint': [{ service: 'mediapackagev2', operation: 'CreateOriginEndpoint' }],
  'AWS::MediaPackageV2::ChannelPolicy': [
    { service: 'mediapackagev2', operation: 'PutChannelPolicy', json: ['Policy'] },
  ],
  'AWS::MediaPackageV2::OriginEndpointPolicy': [
    { service: 'mediapackagev2', operation: 'PutOriginEndpointPolicy', json: ['Policy'] },
  ],
  'AWS::MediaTailor::PlaybackConfiguration': [{ service: 'mediatailor', operation: 'PutPlaybackConfiguration' }],
  'AWS::MediaStore::Container': [
    { ...container, operation: 'CreateContainer', takes: ['ContainerName', 'Tags'], tagList: true },
    ofContainer('PutContainerPolicy', 'Policy'),
    ofContainer('PutCorsPolicy', 'CorsPolicy'),
    ofContainer('PutLifecyclePolicy', 'LifecyclePolicy'),
    ofContainer('PutMetricPolicy', 'MetricPolicy'),
  ],
};

/** The resource types that become requests. A type without an operation is an error. */
export const MEDIA_TYPES = /^AWS::(MediaLive|MediaPackage|MediaPackageV2|MediaStore|MediaTailor)::/;

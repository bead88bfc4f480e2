const NAME = /^[a-zA-Z0-9_-]{1,256}$/;
const MANIFEST_NAME = /^[a-zA-Z0-9-]{1,256}$/;
const SECONDS = /^\d{1,7}$/;

/** The form of a member: of its text, or of the members below it; a list has the form of each of its members. */
type Form = RegExp | 'any' | { readonly [member: string]: Form };

const LEVELS = { ChannelGroupName: NAME, ChannelName: NAME, OriginEndpointName: NAME };
const MADE = { ClientToken: /^\S{1,256}$/, Description: /^.{0,1024}$/s, Tags: 'any' } as const;
const MANIFEST = {
  ManifestName: MANIFEST_NAME,
  ChildManifestName: MANIFEST_NAME,
  ManifestWindowSeconds: SECONDS,
  ProgramDateTimeIntervalSeconds: SECONDS,
  FilterConfiguration: 'any',
  ScteHls: 'any',
  StartTag: 'any',
  UrlEncodeChildManifest: /^(true|false)$/,
} as const;

/**
 * The requests of MediaPackage v2, whose client is not among the dependencies: what is needed, and the form of what may
 * be there, from its API reference.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_CreateOriginEndpoint.html
 */
const REQUESTS: Readonly<Record<string, { readonly needed: readonly string[]; readonly form: Form }>> = {
  CreateChannelGroup: { needed: ['ChannelGroupName'], form: { ChannelGroupName: NAME, ...MADE } },
  CreateChannel: {
    needed: ['ChannelGroupName', 'ChannelName'],
    form: {
      ChannelGroupName: NAME,
      ChannelName: NAME,
      InputType: /^(HLS|CMAF)$/,
      InputSwitchConfiguration: { MQCSInputSwitching: /^(true|false)$/, PreferredInput: /^[12]$/ },
      OutputHeaderConfiguration: { PublishMQCS: /^(true|false)$/ },
      ...MADE,
    },
  },
  CreateOriginEndpoint: {
    needed: ['ChannelGroupName', 'ChannelName', 'OriginEndpointName', 'ContainerType'],
    form: {
      ...LEVELS,
      ...MADE,
      ContainerType: /^(TS|CMAF|ISM)$/,
      Segment: {
        SegmentDurationSeconds: /^([1-9]|[12]\d|30)$/,
        SegmentName: NAME,
        TsUseAudioRenditionGroup: /^(true|false)$/,
        IncludeIframeOnlyStreams: /^(true|false)$/,
        TsIncludeDvbSubtitles: /^(true|false)$/,
        Scte: 'any',
        Encryption: 'any',
      },
      StartoverWindowSeconds: SECONDS,
      HlsManifests: MANIFEST,
      LowLatencyHlsManifests: MANIFEST,
      DashManifests: {
        ManifestName: MANIFEST_NAME,
        ManifestWindowSeconds: SECONDS,
        MinUpdatePeriodSeconds: SECONDS,
        MinBufferTimeSeconds: SECONDS,
        SuggestedPresentationDelaySeconds: SECONDS,
        SegmentTemplateFormat: /^NUMBER_WITH_TIMELINE$/,
        PeriodTriggers: 'any',
        ScteDash: 'any',
        DrmSignaling: /^(INDIVIDUAL|REFERENCED)$/,
        UtcTiming: { TimingMode: /^(HTTP_HEAD|HTTP_ISO|HTTP_XSDATE|UTC_DIRECT)$/, TimingSource: /^\S{1,1024}$/ },
        FilterConfiguration: 'any',
        BaseUrls: 'any',
        ProgramInformation: 'any',
        DvbSettings: 'any',
        Compactness: /^(STANDARD|NONE)$/,
        Profiles: /^DVB_DASH$/,
        SubtitleConfiguration: 'any',
      },
      MssManifests: {
        ManifestName: MANIFEST_NAME,
        ManifestWindowSeconds: SECONDS,
        ManifestLayout: /^(FULL|COMPACT)$/,
        FilterConfiguration: 'any',
      },
      ForceEndpointErrorConfiguration: {
        EndpointErrorConditions: /^(STALE_MANIFEST|INCOMPLETE_MANIFEST|MISSING_DRM_KEY|SLATE_INPUT)$/,
      },
    },
  },
  PutOriginEndpointPolicy: {
    needed: ['ChannelGroupName', 'ChannelName', 'OriginEndpointName', 'Policy'],
    form: {
      ...LEVELS,
      Policy: /^\{.{2,6142}\}$/s,
      CdnAuthConfiguration: {
        CdnIdentifierSecretArns: /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/,
        SecretsRoleArn: /^arn:[^:]+:iam::\d{12}:role\/.+$/,
      },
    },
  },
};

/** Lists the faults of the parameters of a request of MediaPackage v2. */
export function packagerComplaints(
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
): readonly string[] {
  const known = REQUESTS[operation];
  if (known === undefined) return [`${operation}: say in ${__filename} what it takes`];
  return [
    ...known.needed.filter((name) => !(name in parameters)).map((name) => `${operation}.${name}: is missing`),
    ...formComplaints(known.form, parameters, operation),
  ];
}

function formComplaints(form: Form, value: unknown, path: string): readonly string[] {
  if (form === 'any') return [];
  if (Array.isArray(value)) return value.flatMap((one, index) => formComplaints(form, one, `${path}[${index}]`));
  if (form instanceof RegExp) {
    const fits = typeof value !== 'object' && form.test(String(value));
    return fits ? [] : [`${path}: ${JSON.stringify(value)} has not the form ${form}`];
  }
  if (typeof value !== 'object' || value === null) return [`${path}: an object is needed`];
  return Object.entries(value).flatMap(([name, member]) => {
    const below = form[name];
    return below === undefined
      ? [`${path}.${name}: there is no such member`]
      : formComplaints(below, member, `${path}.${name}`);
  });
}

/** Octet, range, host and numbers, as regular expressions: CloudFormation knows no other way to say them. */
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const CIDR = `(${OCTET}\\.){3}${OCTET}/(3[0-2]|[12]?[0-9])`;
const HOST = '[A-Za-z0-9_.-]+(:[0-9]{1,5})?';
/** 0, or 5 to 1440. */
export const MINUTES = '(0|[5-9]|[1-9][0-9]|[1-9][0-9]{2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)';
/** 0 to 8760. */
export const HOURS = '(0|[1-9][0-9]{0,2}|[1-7][0-9]{3}|8[0-6][0-9]{2}|87[0-5][0-9]|8760)';
/** 1 to 65535. */
const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
const optional = (pattern: string) => `^(${pattern})?$`;

/** What a parameter takes, and the sentence for what it does not. */
export const VALUES = {
  cidr: {
    pattern: optional(CIDR),
    constraint: 'An IPv4 address range such as 203.0.113.7/32 is needed, or nothing.',
  },
  rtmpUrl: {
    pattern: optional(`rtmp://${HOST}/[^\\s/@]+/[^\\s@]+`),
    constraint: 'A URL such as rtmp://host/application/instance is needed, without user name and password, or nothing.',
  },
  httpUrl: {
    pattern: optional(`https?://${HOST}/\\S+`),
    constraint: 'A URL such as https://host/path is needed, without user name and password, or nothing.',
  },
  bucketUrl: {
    pattern: optional("s3ssl://[a-z0-9][a-z0-9-]{1,61}[a-z0-9]/[A-Za-z0-9_!.'()/+=@:,-]*\\.(mp4|ts|m2ts|MP4|TS|M2TS)"),
    constraint:
      'A URL such as s3ssl://bucket/key.mp4 is needed, or nothing: MediaLive plays .mp4, .ts and .m2ts, from buckets without a dot in their names.',
  },
  srtAddress: {
    pattern: optional('[A-Za-z0-9][A-Za-z0-9.-]{0,252}'),
    constraint: 'An IPv4 address or a host name is needed, without srt:// and port, or nothing.',
  },
  srtPort: { pattern: optional(PORT), constraint: 'A port from 1 to 65535 is needed, or nothing.' },
  flowArn: {
    pattern: optional('arn:aws[a-z-]*:mediaconnect:[a-z0-9-]+:[0-9]{12}:flow:[A-Za-z0-9_-]+:[A-Za-z0-9_-]+'),
    constraint: 'The ARN of a MediaConnect flow is needed, or nothing.',
  },
  deviceId: {
    pattern: optional('[a-z0-9][a-z0-9-]{2,63}'),
    constraint: 'The id of a Link device such as hd-0123456789abcdef is needed, or nothing.',
  },
} as const;

/** Regular expressions of octet, range, host and numbers. CloudFormation knows no other kind of check. */
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
/** A prefix of 8 to 32 bits, or the whole internet in the only spelling that the rule AnywhereIsMeant recognizes. */
const CIDR = `(${OCTET}\\.){3}${OCTET}/(3[0-2]|[12][0-9]|[89])|0\\.0\\.0\\.0/0`;
/**
 * Printable ASCII without space and curly brackets. CloudFormation would resolve a reference in curly brackets
 * (`{{resolve:…}}`) and reveal a secret. Then the same without `@`, and without `@` and `/`.
 */
const PLAIN = '[!-z|~]';
const WITHOUT_AT = '[!-?A-z|~]';
const WITHOUT_SLASH = '[!-.0-?A-z|~]';
const HOST = '[A-Za-z0-9_.-]+(:[0-9]{1,5})?';
/** 0, or 5 to 1440. */
export const MINUTES = '(0|[5-9]|[1-9][0-9]|[1-9][0-9]{2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)';
/** 0 to 8760. */
export const HOURS = '(0|[1-9][0-9]{0,2}|[1-7][0-9]{3}|8[0-6][0-9]{2}|87[0-5][0-9]|8760)';
/** 1 to 3650. */
export const DAYS = '([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)';
/** 1 to 365. */
export const DAYS_OF_A_YEAR = '([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-5])';
/** 1 to 65535. */
const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
/** Two curly brackets begin a reference. A single one may be part of a secret. */
const NO_REFERENCE = '(?!.*[{][{])';
const optional = (pattern: string) => `^(${pattern})?$`;

/** The pattern of each parameter's values, and the sentence for other values. */
export const VALUES = {
  cidr: {
    pattern: optional(CIDR),
    constraint: 'An IPv4 address range of /8 to /32 such as 203.0.113.7/32 is needed, or 0.0.0.0/0, or nothing.',
  },
  rtmpUrl: {
    pattern: optional(`rtmp://${HOST}/${WITHOUT_SLASH}+/${WITHOUT_AT}+`),
    constraint:
      'A URL such as rtmp://host/application/instance is needed, in ASCII without user name, password and curly brackets, or nothing.',
  },
  httpUrl: {
    pattern: optional(`https?://${HOST}/${PLAIN}+`),
    constraint:
      'A URL such as https://host/path is needed, in ASCII without user name, password and curly brackets, or nothing.',
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
  user: {
    pattern: `^${PLAIN}{0,128}$`,
    constraint: 'Up to 128 ASCII characters without spaces and curly brackets are needed, or nothing.',
  },
  email: {
    pattern: optional("[A-Za-z0-9.!#$%&'*+/=?^_`|~-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+"),
    constraint: 'An e-mail address is needed, or nothing.',
  },
  /** Any string of one line: printable ASCII, and characters beyond it, without surrogates. */
  password: {
    pattern: `^${NO_REFERENCE}[ -~\\u00a0-\\ud7ff\\ue000-\\uffff]*$`,
    constraint: 'Up to 1000 characters of one line without {{ are needed, or nothing.',
  },
  passphrase: {
    pattern: `^(${NO_REFERENCE}[!-~]{10,79})?$`,
    constraint: '10 to 79 printable ASCII characters without spaces and without {{ are needed, or nothing.',
  },
} as const;

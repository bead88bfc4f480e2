/** The hours of a month: 30 days of 24 hours. */
export const HOURS_OF_MONTH = 24 * 30;

/** Costs for which no figure was found, or which are left out on purpose. Printed with every result. */
export const NOT_INCLUDED: readonly string[] = [
  'the audio-only output of each channel and an idle push input: MediaLive has a price for them, which was not found',
  'Origin Shield (per request that reaches it), access logs, S3 storage, other functions, events and notices: cents a month',
  'free tiers (but for what is left to pay of the operations), reservations, flat-rate plans and tax',
];

/** Assumptions of the numbers. Printed with every result. */
export const ASSUMPTIONS: readonly string[] = [
  'Region us-east-1; viewers in North America and Europe',
  'every viewer plays the highest rendition at its maximum bitrate, without audio: QVBR usually sends 10 to 50 % less',
  '1 GB is 1,024 MB of 1,000,000 bytes, as in the examples on AWS’s pages; a month has 30 days',
  'renditions under 720 lines are SD, others HD; all above 30 frames/s cost the same',
  'delivery in volume tiers over the channels together, in one month, from its first byte',
  'MediaPackage v2 costs what MediaPackage is listed for: there is no list of its own',
  'MediaLive bills whole minutes, at least 10 for each run; the hours of an audience are one run',
  'an invocation of the probe lasts 0.5 s, and one segment more while a channel is on air, with 256 MB',
];

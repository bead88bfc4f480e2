import type { SrtSettings } from '../contract/input-source';
import type { InputSettings } from './input';
import type { InputSecurityGroup } from './input-security-groups';

const LOOPBACK = /^(127\.|0\.0\.0\.0\/0$)/;

/** Describes network settings of a template that have no effect on this machine. */
export function withoutEffectNotes(source: InputSettings['source'], isInVpc: boolean): readonly string[] {
  const streamId = source.type === 'SRT_LISTENER' ? source.srt.streamId : undefined;
  const secrets = srtOf(source).flatMap(({ passphraseIn }) => passphraseIn ?? []);
  return [
    ...(isInVpc
      ? ['the input is in a VPC, which has no effect in the local run: it is on 127.0.0.1 of this machine']
      : []),
    ...(streamId === undefined
      ? []
      : [`the local run admits publishers with any stream id; in AWS it must be ${streamId}`]),
    ...[...new Set(secrets)].map(
      (secret) => `SRT is not encrypted in the local run; AWS encrypts it with the passphrase in ${secret}`,
    ),
  ];
}

function srtOf(source: InputSettings['source']): readonly SrtSettings[] {
  if (source.type === 'SRT_LISTENER') return [source.srt];
  return source.type === 'SRT_CALLER' ? source.streams.map(({ srt }) => srt) : [];
}

/** Describes security groups that would not admit this machine. */
export function securityGroupNotes(groups: readonly Pick<InputSecurityGroup, 'cidrs'>[]): readonly string[] {
  return groups
    .filter(({ cidrs }) => !cidrs.some((cidr) => LOOPBACK.test(cidr)))
    .map(({ cidrs }) => `the local run admits publishers on this machine; AWS admits only ${cidrs.join(', ')}`);
}

import { expect, test } from '@jest/globals';
import { grants, inline } from '../grants';
import { mainChannel, only, synth, type Template } from '../synth';

const state = (template: Template) =>
  (only(template, 'AWS::MediaLive::Channel').Properties['EncoderSettings'] as { ThumbnailConfiguration: unknown })
    .ThumbnailConfiguration;
const writes = (template: Template) => inline(template, /^Encodermain/).filter(({ Resource }) => Resource === '*');

test('thumbnails are off, and nothing is allowed for them, where nobody asks', () => {
  const template = synth();
  expect(state(template)).toEqual({ State: 'DISABLED' });
  expect(writes(template)).toEqual([]);
});

test('thumbnails that are asked for let the encoder write to buckets of other accounts, and to no bucket of this one', () => {
  const template = synth({ channels: [{ ...mainChannel, thumbnails: true }] });
  expect(state(template)).toEqual({ State: 'AUTO' });
  expect(grants(writes(template))).toEqual(['s3:PutObject *']);
  expect(writes(template)[0]?.Condition).toEqual({
    StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } },
  });
});

import { describe, expect, test } from '@jest/globals';
import { encoderPlan } from '../../../local/services/medialive/encoder-plan';
import { EncoderSpeed, tooSlow } from '../../../local/services/medialive/encoder-speed';
import { Settings } from '../../../local/services/medialive/settings';
import { encoderSettings } from './fixture';

describe('an encoder that is too slow', () => {
  test('takes the next faster preset, until there is none', () => {
    const speed = new EncoderSpeed(encoderPlan(new Settings(encoderSettings()), []), 'superfast', true);
    expect(speed.hurry()).toContain('ultrafast');
    expect(speed.preset).toBe('ultrafast');
    expect(speed.hurry()).toBeUndefined();
  });

  test('says that the ladder is too large, and of two that one would do', () => {
    expect(tooSlow(1)).toContain("too slow for the ladder: choose a smaller one ('sd-540p')");
    expect(tooSlow(2)).toContain('too slow for the ladder twice: choose one pipeline');
  });
});

import type { AudioChoice } from '../contract/plan';
import { repeated } from '../contract/repeated';
import { refused } from '../contract/service-error';
import type { Settings } from './settings';

/** An audio selector of an input attachment. Without a choice it takes the first audio stream. */
export interface AudioSelector {
  readonly name: string;
  readonly choice: AudioChoice | undefined;
}

/** Reads `AudioSelectors`. @throws ServiceError for two selectors of one name. */
export function audioSelectors(inputSettings: Settings): readonly AudioSelector[] {
  const selectors = inputSettings.list('AudioSelectors').map((selector) => ({
    name: selector.text('Name'),
    choice: selector.has('SelectorSettings') ? choice(selector.section('SelectorSettings')) : undefined,
  }));
  const twice = repeated(selectors.map(({ name }) => name));
  if (twice === undefined) return selectors;
  throw refused(`${inputSettings.at('AudioSelectors')}: two selectors are named ${twice}; names must be unique`);
}

function choice(settings: Settings): AudioChoice | undefined {
  if (settings.has('AudioPidSelection')) {
    return { by: 'pid', pid: settings.section('AudioPidSelection').number('Pid') };
  }
  if (settings.has('AudioTrackSelection')) {
    return { by: 'track', number: settings.section('AudioTrackSelection').one('Tracks').number('Track') };
  }
  if (!settings.has('AudioLanguageSelection')) return undefined;
  return { by: 'language', code: settings.section('AudioLanguageSelection').text('LanguageCode') };
}

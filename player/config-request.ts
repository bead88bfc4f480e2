import { type ConfigReading, readConfig } from './config';

/** Reads `./config.json` from the site. A failed request counts as one problem. */
export async function requestConfig(): Promise<ConfigReading> {
  const problem = (sentence: string): ConfigReading => ({ kind: 'problems', problems: [sentence] });
  try {
    const response = await fetch('./config.json', { cache: 'no-cache' });
    if (!response.ok) return problem(`config.json: the server answered ${response.status}.`);
    return readConfig(await response.json());
  } catch (error) {
    return problem(
      error instanceof SyntaxError
        ? 'config.json: the answer is not JSON.'
        : 'config.json: the server does not answer.',
    );
  }
}

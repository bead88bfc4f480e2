import type { EngineName } from '../choice';
import type { StartEngine } from './engine';

/** Loads the code of one engine. Each is a chunk of its own, so that a viewer of HLS never downloads dash.js. */
export async function loadEngine(name: EngineName): Promise<StartEngine> {
  switch (name) {
    case 'hls.js':
      return (await import('./hls')).startHls;
    case 'dash.js':
      return (await import('./dash')).startDash;
    case 'native':
      return (await import('./native')).startNative;
  }
}

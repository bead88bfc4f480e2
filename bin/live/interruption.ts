import type { Command } from './arguments';
import { EXIT, type ExitCode } from './failure';

/** Tells what to print and which code to end with when Ctrl-C interrupts a command. */
export function interruption(command: Command): { readonly words: string | undefined; readonly exitCode: ExitCode } {
  switch (command) {
    case 'watch':
    case 'audience':
      return { words: undefined, exitCode: EXIT.fine };
    case 'start':
    case 'stop':
      return {
        words: 'Not waiting any longer. MediaLive finishes what it was asked for; see npm run live -- status.',
        exitCode: EXIT.interrupted,
      };
    case 'restart':
      return {
        words:
          'Not waiting any longer. MediaLive finishes what it was asked for, but a channel that is still stopping stays idle: npm run live -- start.',
        exitCode: EXIT.interrupted,
      };
    case 'poll':
      return {
        words: 'The poll goes on; npm run live -- poll CHANNEL shows its result.',
        exitCode: EXIT.interrupted,
      };
    default:
      return { words: undefined, exitCode: EXIT.interrupted };
  }
}

import type { Command } from './arguments';
import { EXIT, type ExitCode } from './failure';

/** What Ctrl-C means for a command: what there is to say, and the number to end with. */
export function interruption(command: Command): { readonly words: string | undefined; readonly exitCode: ExitCode } {
  switch (command) {
    case 'watch':
      return { words: undefined, exitCode: EXIT.fine };
    case 'start':
    case 'stop':
      return {
        words:
          'Not waiting any longer. A channel that was told to change its state goes on; see npm run live -- status.',
        exitCode: EXIT.interrupted,
      };
    case 'restart':
      return {
        words:
          'Not waiting any longer. A channel that was told to change its state goes on, but one that is still stopping stays idle: npm run live -- start.',
        exitCode: EXIT.interrupted,
      };
    default:
      return { words: undefined, exitCode: EXIT.interrupted };
  }
}

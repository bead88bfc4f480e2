import { type ChildProcess, spawn } from 'node:child_process';

/** An encoder that sends RTMP. */
export interface Publisher {
  kill(signal: NodeJS.Signals): void;
}

/** Starts a publisher that makes this many attempts to connect, as OBS does. */
export function startPublisher(ffmpegPath: string, url: string, attempts: number): Publisher {
  const source = ['-re', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30[out0];sine=r=48000[out1]'];
  const codecs = '-c:v libx264 -preset ultrafast -tune zerolatency -g 30 -c:a aac -f flv'.split(' ');
  let child: ChildProcess;
  let left = attempts;
  const begin = () => {
    child = spawn(ffmpegPath, ['-loglevel', 'quiet', ...source, ...codecs, url], { stdio: 'ignore' });
    child.once('exit', () => {
      left -= 1;
      if (left > 0) setTimeout(begin, 200);
    });
  };
  const publisher = {
    kill: (signal: NodeJS.Signals) => {
      if (signal !== 'SIGSTOP') left = 0;
      child.kill(signal);
    },
  };
  begin();
  return publisher;
}

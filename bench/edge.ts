import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCommand } from '../test/end-to-end/command';
import { bytes, mediaPlaylist, text, variants } from '../test/end-to-end/media';
import { freePort } from '../test/end-to-end/ports';
import { median, type Section } from './table';

const SECONDS = 3;
/** Number of turns. The edge and nginx alternate, so that other load of the machine falls on both. */
const ROUNDS = 4;
const CONNECTIONS = 16;

/** Measures the edge's requests per second for one manifest and one segment, against nginx with the same files. */
export async function edge(): Promise<Section> {
  const missing = ['wrk', 'nginx'].filter((tool) => spawnSync(tool, ['-v']).error !== undefined);
  if (missing.length > 0) {
    return {
      title: 'Edge',
      rows: [
        {
          what: 'not measured',
          value: '',
          note: `${missing.join(' and ')} missing: apt-get install -y wrk nginx-core`,
        },
      ],
    };
  }
  const command = await LocalCommand.start(undefined);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  let nginx: ChildProcess | undefined;
  try {
    const manifest = `${command.playerUrl}out/v1/live-streaming/main/cmaf/index.m3u8`;
    await new Promise((done) => setTimeout(done, 8000));
    const largest = variants(await text(manifest), manifest).at(-1)?.url ?? '';
    const segment = mediaPlaylist(await text(largest), largest).segments.at(0)?.url ?? '';
    const segmentBytes = await bytes(segment);
    writeFileSync(join(folder, 'manifest.m3u8'), await text(largest));
    writeFileSync(join(folder, 'segment.mp4'), segmentBytes);
    const port = await freePort();
    nginx = await startNginx(folder, port);
    const rows = [
      ['a media playlist', largest, `http://127.0.0.1:${port}/manifest.m3u8`],
      [`a segment of ${Math.round(segmentBytes.length / 1000)} kB`, segment, `http://127.0.0.1:${port}/segment.mp4`],
    ].map(([what = '', ours = '', theirs = '']) => {
      const rounds = Array.from(
        { length: ROUNDS },
        () => [requestsPerSecond(ours), requestsPerSecond(theirs)] as const,
      );
      const [local, other] = [median(rounds.map(([one]) => one)), median(rounds.map(([, one]) => one))];
      const ratio = median(rounds.map(([one, two]) => one / two));
      return {
        what,
        value: `${ratio.toFixed(2)} of nginx`,
        note: `${Math.round(local)}/s, nginx ${Math.round(other)}/s; ${ROUNDS} alternating rounds, ${CONNECTIONS} connections, the encoder running`,
      };
    });
    return { title: 'Edge: requests per second', rows };
  } finally {
    if (nginx !== undefined) {
      const gone = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
    await command.end();
  }
}

function requestsPerSecond(url: string): number {
  const { stdout } = spawnSync('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, url], { encoding: 'utf8' });
  if (/Non-2xx/.test(stdout)) throw new Error(`${url}: ${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

async function startNginx(folder: string, port: number): Promise<ChildProcess> {
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off; pid ${folder}/nginx.pid; error_log stderr error; worker_processes 1;
events {}
http { access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  const child = spawn('nginx', ['-c', config, '-p', folder, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((done) => setTimeout(done, 500));
  return child;
}

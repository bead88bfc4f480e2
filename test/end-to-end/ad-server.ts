import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Address that the reports go to. The page sends them over HTTPS only, so a test answers them in the browser. */
export const COUNTED = 'https://count.example.com/ad';
/** Length of the ad, in seconds. */
const SECONDS = 4;

/** An ad server of a customer, on loopback: VAST with one green ad in HLS. */
export class AdServer {
  /** Addresses that it was asked for, in their order. */
  readonly asked: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'ad-server-'));
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const url = request.url ?? '';
      this.asked.push(url);
      if (url.startsWith('/vast')) response.end(this.vast());
      else response.end(readFileSync(join(this.folder, basename(url.split('?')[0] ?? ''))));
    });
  }

  static async open(): Promise<AdServer> {
    const made = new AdServer();
    made.film();
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private film(): void {
    const picture = ['-f', 'lavfi', '-i', `color=lime:size=320x180:rate=30:duration=${SECONDS}`];
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=48000', '-shortest'];
    const codecs = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '60', '-c:a', 'aac'];
    const hls = ['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'];
    const names = ['-master_pl_name', 'ad.m3u8', join(this.folder, 'video.m3u8')];
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...silence, ...codecs, ...hls, ...names]);
  }

  private vast(): string {
    const { url } = this;
    const tracking = ['start', 'complete'].map(
      (event) => `<Tracking event="${event}">${COUNTED}?e=${event}</Tracking>`,
    );
    return `<VAST version="4.2"><Ad id="lime"><InLine><AdSystem>customer</AdSystem><AdTitle>Lime</AdTitle>
      <Impression><![CDATA[${COUNTED}?e=impression]]></Impression><Creatives><Creative id="lime"><Linear>
      <Duration>00:00:0${SECONDS}</Duration><TrackingEvents>${tracking.join('')}</TrackingEvents><MediaFiles>
      <MediaFile delivery="streaming" type="application/x-mpegURL" width="320" height="180">${url}/ad.m3u8</MediaFile>
      </MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
  }
}
